package dev.swax.runtime.kernel.matmul;

import static dev.swax.runtime.kernel.tile.VectorMath.ORDER;
import static dev.swax.runtime.kernel.tile.VectorMath.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Register blocks of 6 rows by 2 vectors, for machines with 16 vector registers. Written out, with
 * no helper methods: accumulators must be locals to stay in registers, and the compiler gives up
 * inlining methods of ours in the middle of so many vectors.
 */
final class NarrowMatmulKernel {
  static final int ROWS = 6;

  private static final int LANES = SPECIES.length();
  private static final int COLUMNS = 2 * LANES;
  private static final long VECTOR = 4L * LANES;

  private NarrowMatmulKernel() {}

  /**
   * As {@link MatmulPanels#rows}. Rows of a are {@code aStep} apart, which must not be a constant
   * here: with constants the compiler loads all of a column at once and runs out of registers.
   */
  static void rows(
      float[] a,
      int aAt,
      int aStep,
      float[] b,
      int bAt,
      int depth,
      MemorySegment c,
      long cAt,
      long cStep) {
    FloatVector c00 = fromMemorySegment(SPECIES, c, cAt, ORDER);
    FloatVector c01 = fromMemorySegment(SPECIES, c, cAt + VECTOR, ORDER);
    FloatVector c10 = fromMemorySegment(SPECIES, c, cAt + cStep, ORDER);
    FloatVector c11 = fromMemorySegment(SPECIES, c, cAt + cStep + VECTOR, ORDER);
    FloatVector c20 = fromMemorySegment(SPECIES, c, cAt + 2 * cStep, ORDER);
    FloatVector c21 = fromMemorySegment(SPECIES, c, cAt + 2 * cStep + VECTOR, ORDER);
    FloatVector c30 = fromMemorySegment(SPECIES, c, cAt + 3 * cStep, ORDER);
    FloatVector c31 = fromMemorySegment(SPECIES, c, cAt + 3 * cStep + VECTOR, ORDER);
    FloatVector c40 = fromMemorySegment(SPECIES, c, cAt + 4 * cStep, ORDER);
    FloatVector c41 = fromMemorySegment(SPECIES, c, cAt + 4 * cStep + VECTOR, ORDER);
    FloatVector c50 = fromMemorySegment(SPECIES, c, cAt + 5 * cStep, ORDER);
    FloatVector c51 = fromMemorySegment(SPECIES, c, cAt + 5 * cStep + VECTOR, ORDER);
    for (int p = 0; p < depth; p++) {
      FloatVector b0 = fromArray(SPECIES, b, bAt + p * COLUMNS);
      FloatVector b1 = fromArray(SPECIES, b, bAt + p * COLUMNS + LANES);
      FloatVector x = broadcast(SPECIES, a[aAt + p]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = broadcast(SPECIES, a[aAt + aStep + p]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = broadcast(SPECIES, a[aAt + 2 * aStep + p]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = broadcast(SPECIES, a[aAt + 3 * aStep + p]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = broadcast(SPECIES, a[aAt + 4 * aStep + p]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = broadcast(SPECIES, a[aAt + 5 * aStep + p]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
    }
    c00.intoMemorySegment(c, cAt, ORDER);
    c01.intoMemorySegment(c, cAt + VECTOR, ORDER);
    c10.intoMemorySegment(c, cAt + cStep, ORDER);
    c11.intoMemorySegment(c, cAt + cStep + VECTOR, ORDER);
    c20.intoMemorySegment(c, cAt + 2 * cStep, ORDER);
    c21.intoMemorySegment(c, cAt + 2 * cStep + VECTOR, ORDER);
    c30.intoMemorySegment(c, cAt + 3 * cStep, ORDER);
    c31.intoMemorySegment(c, cAt + 3 * cStep + VECTOR, ORDER);
    c40.intoMemorySegment(c, cAt + 4 * cStep, ORDER);
    c41.intoMemorySegment(c, cAt + 4 * cStep + VECTOR, ORDER);
    c50.intoMemorySegment(c, cAt + 5 * cStep, ORDER);
    c51.intoMemorySegment(c, cAt + 5 * cStep + VECTOR, ORDER);
  }
}
