package dev.swax.runtime.kernel.tile;

/** The numbers that {@link VectorMath} is made of, as single values. */
final class Coefficient {
  static final float LOG2_E = 1.44269504f;
  static final float LN2_HIGH = 0.693359375f;
  static final float LN2_LOW = -2.12194440e-4f;

  /** Adding this rounds to an integer and leaves that integer in the low bits. */
  static final float ROUND = 12582912f;

  static final int ROUND_BITS = 0x4B400000;

  // Beyond these exp is infinite or zero, and the integer tricks do not hold.
  static final float EXP_LARGEST = 100f;
  static final float EXP_SMALLEST = -110f;

  // Of the polynomial (e^r - 1 - r) / r².
  static final float EXP_7 = 1.9875691e-4f;
  static final float EXP_6 = 1.3981999e-3f;
  static final float EXP_5 = 8.3334519e-3f;
  static final float EXP_4 = 4.1665795e-2f;
  static final float EXP_3 = 1.6666665e-1f;
  static final float EXP_2 = 5.0000001e-1f;

  // Of the series of e^x - 1: one by a factorial. Its next term is below a rounding.
  static final float EXPM1_8 = 1f / 40320;
  static final float EXPM1_7 = 1f / 5040;
  static final float EXPM1_6 = 1f / 720;
  static final float EXPM1_5 = 1f / 120;
  static final float EXPM1_4 = 1f / 24;
  static final float EXPM1_3 = 1f / 6;
  static final float EXPM1_SMALL = 0.5f;

  // Of the polynomial (ln(1 + f) - f + f²/2) / f³.
  static final float LOG_11 = 7.0376836e-2f;
  static final float LOG_10 = -1.1514610e-1f;
  static final float LOG_9 = 1.1676998e-1f;
  static final float LOG_8 = -1.2420141e-1f;
  static final float LOG_7 = 1.4249323e-1f;
  static final float LOG_6 = -1.6668057e-1f;
  static final float LOG_5 = 2.0000714e-1f;
  static final float LOG_4 = -2.4999993e-1f;
  static final float LOG_3 = 3.3333331e-1f;

  static final float SQRT_HALF = 0.70710678f;
  static final int SQRT_HALF_BITS = Float.floatToRawIntBits(SQRT_HALF);
  static final float TWO_TO_25 = 33554432f;

  static final float GELU_SCALE = 1.5957691f;
  static final float GELU_CUBE = 0.044715f;
  static final float TANH_SMALL = 0.625f;

  // Of the polynomial erf(x) / x - 1 in x², where |x| < 1: least largest error, 1.2e-9.
  static final float ERF_12 = 7.889123e-5f;
  static final float ERF_10 = -8.020842e-4f;
  static final float ERF_8 = 5.1895357e-3f;
  static final float ERF_6 = -2.6854444e-2f;
  static final float ERF_4 = 1.12836e-1f;
  static final float ERF_2 = -3.7612626e-1f;
  static final float ERF_0 = 1.2837917e-1f;

  // Of the polynomial ln(1 - erf(x)) from 1 to 4: least largest error of erf, 1.1e-9.
  static final float ERFC_6 = 1.855693e-4f;
  static final float ERFC_5 = -2.9395616e-3f;
  static final float ERFC_4 = 2.1805137e-2f;
  static final float ERFC_3 = -1.03037e-1f;
  static final float ERFC_2 = -6.382261e-1f;
  static final float ERFC_1 = -1.1270398f;
  static final float ERFC_0 = -3.537779e-4f;

  /** From here on erf is 1 in single precision. */
  static final float ERF_LARGEST = 4f;

  private Coefficient() {}
}
