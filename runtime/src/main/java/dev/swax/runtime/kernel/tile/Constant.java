package dev.swax.runtime.kernel.tile;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Constants in every lane, for exp, expm1, log and erf. Each broadcast in its place would be half
 * of the work of inlining it, and the compiler stops inlining when a method has become too much
 * work.
 */
final class Constant {
  static final FloatVector ZERO = all(0f);
  static final FloatVector ONE = all(1f);
  static final FloatVector INFINITY = all(Float.POSITIVE_INFINITY);
  static final FloatVector LOG2_E = all(Coefficient.LOG2_E);
  static final FloatVector MINUS_LN2_HIGH = all(-Coefficient.LN2_HIGH);
  static final FloatVector MINUS_LN2_LOW = all(-Coefficient.LN2_LOW);
  static final FloatVector ROUND = all(Coefficient.ROUND);
  static final FloatVector EXP_LARGEST = all(Coefficient.EXP_LARGEST);
  static final FloatVector EXP_SMALLEST = all(Coefficient.EXP_SMALLEST);
  static final FloatVector EXP_7 = all(Coefficient.EXP_7);
  static final FloatVector EXP_6 = all(Coefficient.EXP_6);
  static final FloatVector EXP_5 = all(Coefficient.EXP_5);
  static final FloatVector EXP_4 = all(Coefficient.EXP_4);
  static final FloatVector EXP_3 = all(Coefficient.EXP_3);
  static final FloatVector EXP_2 = all(Coefficient.EXP_2);
  static final IntVector ROUND_BITS = ints(Coefficient.ROUND_BITS);
  static final IntVector BIAS = ints(127);

  // Of expm1 only.
  static final FloatVector HALF = all(0.5f);
  static final FloatVector EXPM1_8 = all(Coefficient.EXPM1_8);
  static final FloatVector EXPM1_7 = all(Coefficient.EXPM1_7);
  static final FloatVector EXPM1_6 = all(Coefficient.EXPM1_6);
  static final FloatVector EXPM1_5 = all(Coefficient.EXPM1_5);
  static final FloatVector EXPM1_4 = all(Coefficient.EXPM1_4);
  static final FloatVector EXPM1_3 = all(Coefficient.EXPM1_3);

  // Of log only.
  static final FloatVector MINUS_INFINITY = all(Float.NEGATIVE_INFINITY);
  static final FloatVector NAN = all(Float.NaN);
  static final FloatVector MINUS_HALF = all(-0.5f);
  static final FloatVector TWENTY_FIVE = all(25f);
  static final FloatVector MIN_NORMAL = all(Float.MIN_NORMAL);
  static final FloatVector TWO_TO_25 = all(Coefficient.TWO_TO_25);
  static final FloatVector LN2_HIGH = all(Coefficient.LN2_HIGH);
  static final FloatVector LN2_LOW = all(Coefficient.LN2_LOW);
  static final FloatVector LOG_11 = all(Coefficient.LOG_11);
  static final FloatVector LOG_10 = all(Coefficient.LOG_10);
  static final FloatVector LOG_9 = all(Coefficient.LOG_9);
  static final FloatVector LOG_8 = all(Coefficient.LOG_8);
  static final FloatVector LOG_7 = all(Coefficient.LOG_7);
  static final FloatVector LOG_6 = all(Coefficient.LOG_6);
  static final FloatVector LOG_5 = all(Coefficient.LOG_5);
  static final FloatVector LOG_4 = all(Coefficient.LOG_4);
  static final FloatVector LOG_3 = all(Coefficient.LOG_3);
  static final IntVector SQRT_HALF_BITS = ints(Coefficient.SQRT_HALF_BITS);

  // Of erf only.
  static final FloatVector ERF_12 = all(Coefficient.ERF_12);
  static final FloatVector ERF_10 = all(Coefficient.ERF_10);
  static final FloatVector ERF_8 = all(Coefficient.ERF_8);
  static final FloatVector ERF_6 = all(Coefficient.ERF_6);
  static final FloatVector ERF_4 = all(Coefficient.ERF_4);
  static final FloatVector ERF_2 = all(Coefficient.ERF_2);
  static final FloatVector ERF_0 = all(Coefficient.ERF_0);
  static final FloatVector ERFC_6 = all(Coefficient.ERFC_6);
  static final FloatVector ERFC_5 = all(Coefficient.ERFC_5);
  static final FloatVector ERFC_4 = all(Coefficient.ERFC_4);
  static final FloatVector ERFC_3 = all(Coefficient.ERFC_3);
  static final FloatVector ERFC_2 = all(Coefficient.ERFC_2);
  static final FloatVector ERFC_1 = all(Coefficient.ERFC_1);
  static final FloatVector ERFC_0 = all(Coefficient.ERFC_0);
  static final FloatVector ERF_LARGEST = all(Coefficient.ERF_LARGEST);

  private Constant() {}

  private static IntVector ints(int value) {
    return ONE.reinterpretAsInts().broadcast(value);
  }

  private static FloatVector all(float value) {
    return FloatVector.broadcast(VectorMath.SPECIES, value);
  }
}
