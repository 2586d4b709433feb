package dev.swax.runtime.kernel.tile;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link SquareTranspose} of 8 rows, where a row is a vector: both rows are spread, and every
 * second lane is taken from the second.
 */
final class SquareOfEight {
  private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;

  /** Each value of the first half twice. */
  private static final VectorShuffle<Float> FIRST = VectorShuffle.fromOp(SPECIES, lane -> lane / 2);

  /** Each of the second. */
  private static final VectorShuffle<Float> SECOND =
      VectorShuffle.fromOp(SPECIES, lane -> (lane + SPECIES.length()) / 2);

  private static final VectorMask<Float> ODD = odd();

  private SquareOfEight() {}

  private static VectorMask<Float> odd() {
    boolean[] odd = new boolean[SPECIES.length()];
    for (int lane = 1; lane < odd.length; lane += 2) {
      odd[lane] = true;
    }
    return VectorMask.fromArray(SPECIES, odd, 0);
  }

  private static FloatVector load(float[] x, int at) {
    return FloatVector.fromArray(SPECIES, x, at);
  }

  private static FloatVector low(FloatVector a, FloatVector b) {
    return a.rearrange(FIRST).blend(b.rearrange(FIRST), ODD);
  }

  private static FloatVector high(FloatVector a, FloatVector b) {
    return a.rearrange(SECOND).blend(b.rearrange(SECOND), ODD);
  }

  static void of(float[] x, int from, int xStride, float[] y, int to, int yStride) {
    FloatVector r0 = load(x, from);
    FloatVector r1 = load(x, from + xStride);
    FloatVector r2 = load(x, from + 2 * xStride);
    FloatVector r3 = load(x, from + 3 * xStride);
    FloatVector r4 = load(x, from + 4 * xStride);
    FloatVector r5 = load(x, from + 5 * xStride);
    FloatVector r6 = load(x, from + 6 * xStride);
    FloatVector r7 = load(x, from + 7 * xStride);
    FloatVector a0 = low(r0, r4);
    FloatVector a1 = high(r0, r4);
    FloatVector a2 = low(r1, r5);
    FloatVector a3 = high(r1, r5);
    FloatVector a4 = low(r2, r6);
    FloatVector a5 = high(r2, r6);
    FloatVector a6 = low(r3, r7);
    FloatVector a7 = high(r3, r7);
    FloatVector b0 = low(a0, a4);
    FloatVector b1 = high(a0, a4);
    FloatVector b2 = low(a1, a5);
    FloatVector b3 = high(a1, a5);
    FloatVector b4 = low(a2, a6);
    FloatVector b5 = high(a2, a6);
    FloatVector b6 = low(a3, a7);
    FloatVector b7 = high(a3, a7);
    low(b0, b4).intoArray(y, to);
    high(b0, b4).intoArray(y, to + yStride);
    low(b1, b5).intoArray(y, to + 2 * yStride);
    high(b1, b5).intoArray(y, to + 3 * yStride);
    low(b2, b6).intoArray(y, to + 4 * yStride);
    high(b2, b6).intoArray(y, to + 5 * yStride);
    low(b3, b7).intoArray(y, to + 6 * yStride);
    high(b3, b7).intoArray(y, to + 7 * yStride);
  }
}
