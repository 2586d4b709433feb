package dev.swax.runtime.kernel.tile;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link SquareTranspose} of 16 rows, where a row is a vector: an instruction takes from two rows.
 */
final class SquareOfSixteen {
  private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;

  /** The first halves of two rows, interleaved: lanes count through both. */
  private static final FloatVector LOW = interleaved(0);

  /** The second halves. */
  private static final FloatVector HIGH = interleaved(SPECIES.length() / 2);

  private SquareOfSixteen() {}

  private static FloatVector interleaved(int from) {
    int lanes = SPECIES.length();
    float[] places = new float[lanes];
    for (int i = 0; i < lanes; i++) {
      places[i] = from + i / 2 + (i % 2) * lanes;
    }
    return FloatVector.fromArray(SPECIES, places, 0);
  }

  private static FloatVector load(float[] x, int at) {
    return FloatVector.fromArray(SPECIES, x, at);
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
    FloatVector r8 = load(x, from + 8 * xStride);
    FloatVector r9 = load(x, from + 9 * xStride);
    FloatVector r10 = load(x, from + 10 * xStride);
    FloatVector r11 = load(x, from + 11 * xStride);
    FloatVector r12 = load(x, from + 12 * xStride);
    FloatVector r13 = load(x, from + 13 * xStride);
    FloatVector r14 = load(x, from + 14 * xStride);
    FloatVector r15 = load(x, from + 15 * xStride);
    FloatVector a0 = LOW.selectFrom(r0, r8);
    FloatVector a1 = HIGH.selectFrom(r0, r8);
    FloatVector a2 = LOW.selectFrom(r1, r9);
    FloatVector a3 = HIGH.selectFrom(r1, r9);
    FloatVector a4 = LOW.selectFrom(r2, r10);
    FloatVector a5 = HIGH.selectFrom(r2, r10);
    FloatVector a6 = LOW.selectFrom(r3, r11);
    FloatVector a7 = HIGH.selectFrom(r3, r11);
    FloatVector a8 = LOW.selectFrom(r4, r12);
    FloatVector a9 = HIGH.selectFrom(r4, r12);
    FloatVector a10 = LOW.selectFrom(r5, r13);
    FloatVector a11 = HIGH.selectFrom(r5, r13);
    FloatVector a12 = LOW.selectFrom(r6, r14);
    FloatVector a13 = HIGH.selectFrom(r6, r14);
    FloatVector a14 = LOW.selectFrom(r7, r15);
    FloatVector a15 = HIGH.selectFrom(r7, r15);
    FloatVector b0 = LOW.selectFrom(a0, a8);
    FloatVector b1 = HIGH.selectFrom(a0, a8);
    FloatVector b2 = LOW.selectFrom(a1, a9);
    FloatVector b3 = HIGH.selectFrom(a1, a9);
    FloatVector b4 = LOW.selectFrom(a2, a10);
    FloatVector b5 = HIGH.selectFrom(a2, a10);
    FloatVector b6 = LOW.selectFrom(a3, a11);
    FloatVector b7 = HIGH.selectFrom(a3, a11);
    FloatVector b8 = LOW.selectFrom(a4, a12);
    FloatVector b9 = HIGH.selectFrom(a4, a12);
    FloatVector b10 = LOW.selectFrom(a5, a13);
    FloatVector b11 = HIGH.selectFrom(a5, a13);
    FloatVector b12 = LOW.selectFrom(a6, a14);
    FloatVector b13 = HIGH.selectFrom(a6, a14);
    FloatVector b14 = LOW.selectFrom(a7, a15);
    FloatVector b15 = HIGH.selectFrom(a7, a15);
    FloatVector c0 = LOW.selectFrom(b0, b8);
    FloatVector c1 = HIGH.selectFrom(b0, b8);
    FloatVector c2 = LOW.selectFrom(b1, b9);
    FloatVector c3 = HIGH.selectFrom(b1, b9);
    FloatVector c4 = LOW.selectFrom(b2, b10);
    FloatVector c5 = HIGH.selectFrom(b2, b10);
    FloatVector c6 = LOW.selectFrom(b3, b11);
    FloatVector c7 = HIGH.selectFrom(b3, b11);
    FloatVector c8 = LOW.selectFrom(b4, b12);
    FloatVector c9 = HIGH.selectFrom(b4, b12);
    FloatVector c10 = LOW.selectFrom(b5, b13);
    FloatVector c11 = HIGH.selectFrom(b5, b13);
    FloatVector c12 = LOW.selectFrom(b6, b14);
    FloatVector c13 = HIGH.selectFrom(b6, b14);
    FloatVector c14 = LOW.selectFrom(b7, b15);
    FloatVector c15 = HIGH.selectFrom(b7, b15);
    LOW.selectFrom(c0, c8).intoArray(y, to);
    HIGH.selectFrom(c0, c8).intoArray(y, to + yStride);
    LOW.selectFrom(c1, c9).intoArray(y, to + 2 * yStride);
    HIGH.selectFrom(c1, c9).intoArray(y, to + 3 * yStride);
    LOW.selectFrom(c2, c10).intoArray(y, to + 4 * yStride);
    HIGH.selectFrom(c2, c10).intoArray(y, to + 5 * yStride);
    LOW.selectFrom(c3, c11).intoArray(y, to + 6 * yStride);
    HIGH.selectFrom(c3, c11).intoArray(y, to + 7 * yStride);
    LOW.selectFrom(c4, c12).intoArray(y, to + 8 * yStride);
    HIGH.selectFrom(c4, c12).intoArray(y, to + 9 * yStride);
    LOW.selectFrom(c5, c13).intoArray(y, to + 10 * yStride);
    HIGH.selectFrom(c5, c13).intoArray(y, to + 11 * yStride);
    LOW.selectFrom(c6, c14).intoArray(y, to + 12 * yStride);
    HIGH.selectFrom(c6, c14).intoArray(y, to + 13 * yStride);
    LOW.selectFrom(c7, c15).intoArray(y, to + 14 * yStride);
    HIGH.selectFrom(c7, c15).intoArray(y, to + 15 * yStride);
  }
}
