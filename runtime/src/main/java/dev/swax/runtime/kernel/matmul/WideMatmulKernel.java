package dev.swax.runtime.kernel.matmul;

import static dev.swax.runtime.kernel.tile.VectorMath.ORDER;
import static dev.swax.runtime.kernel.tile.VectorMath.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Register blocks of 8 rows by 2 vectors, for machines with 32 vector registers. Written out, with
 * no helper methods: accumulators must be locals to stay in registers, and the compiler gives up
 * inlining methods of ours in the middle of so many vectors.
 */
final class WideMatmulKernel {
  static final int ROWS = 8;

  private static final int LANES = SPECIES.length();
  private static final int COLUMNS = 2 * LANES;
  private static final long VECTOR = 4L * LANES;
  private static final int ROW = MatmulPanels.LEFT_STEP;

  private WideMatmulKernel() {}

  /** As {@link MatmulPanels#rows}. */
  static void rows(
      float[] a, int aAt, float[] b, int bAt, int depth, MemorySegment c, long cAt, long cStep) {
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
    FloatVector c60 = fromMemorySegment(SPECIES, c, cAt + 6 * cStep, ORDER);
    FloatVector c61 = fromMemorySegment(SPECIES, c, cAt + 6 * cStep + VECTOR, ORDER);
    FloatVector c70 = fromMemorySegment(SPECIES, c, cAt + 7 * cStep, ORDER);
    FloatVector c71 = fromMemorySegment(SPECIES, c, cAt + 7 * cStep + VECTOR, ORDER);
    for (int p = 0; p < depth; p++) {
      FloatVector b0 = fromArray(SPECIES, b, bAt + p * COLUMNS);
      FloatVector b1 = fromArray(SPECIES, b, bAt + p * COLUMNS + LANES);
      FloatVector x = broadcast(SPECIES, a[aAt + p]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = broadcast(SPECIES, a[aAt + ROW + p]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = broadcast(SPECIES, a[aAt + 2 * ROW + p]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = broadcast(SPECIES, a[aAt + 3 * ROW + p]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = broadcast(SPECIES, a[aAt + 4 * ROW + p]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = broadcast(SPECIES, a[aAt + 5 * ROW + p]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      x = broadcast(SPECIES, a[aAt + 6 * ROW + p]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      x = broadcast(SPECIES, a[aAt + 7 * ROW + p]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
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
    c60.intoMemorySegment(c, cAt + 6 * cStep, ORDER);
    c61.intoMemorySegment(c, cAt + 6 * cStep + VECTOR, ORDER);
    c70.intoMemorySegment(c, cAt + 7 * cStep, ORDER);
    c71.intoMemorySegment(c, cAt + 7 * cStep + VECTOR, ORDER);
  }

  /** As {@link MatmulPanels#columns}. */
  static void columns(
      float[] a, int aAt, float[] b, int bAt, int depth, MemorySegment c, long cAt, long cStep) {
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
    FloatVector c60 = fromMemorySegment(SPECIES, c, cAt + 6 * cStep, ORDER);
    FloatVector c61 = fromMemorySegment(SPECIES, c, cAt + 6 * cStep + VECTOR, ORDER);
    FloatVector c70 = fromMemorySegment(SPECIES, c, cAt + 7 * cStep, ORDER);
    FloatVector c71 = fromMemorySegment(SPECIES, c, cAt + 7 * cStep + VECTOR, ORDER);
    for (int p = 0; p < depth; p++) {
      FloatVector b0 = fromArray(SPECIES, b, bAt + p * COLUMNS);
      FloatVector b1 = fromArray(SPECIES, b, bAt + p * COLUMNS + LANES);
      FloatVector x = broadcast(SPECIES, a[aAt + p * ROWS]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = broadcast(SPECIES, a[aAt + p * ROWS + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = broadcast(SPECIES, a[aAt + p * ROWS + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = broadcast(SPECIES, a[aAt + p * ROWS + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = broadcast(SPECIES, a[aAt + p * ROWS + 4]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = broadcast(SPECIES, a[aAt + p * ROWS + 5]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      x = broadcast(SPECIES, a[aAt + p * ROWS + 6]);
      c60 = x.fma(b0, c60);
      c61 = x.fma(b1, c61);
      x = broadcast(SPECIES, a[aAt + p * ROWS + 7]);
      c70 = x.fma(b0, c70);
      c71 = x.fma(b1, c71);
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
    c60.intoMemorySegment(c, cAt + 6 * cStep, ORDER);
    c61.intoMemorySegment(c, cAt + 6 * cStep + VECTOR, ORDER);
    c70.intoMemorySegment(c, cAt + 7 * cStep, ORDER);
    c71.intoMemorySegment(c, cAt + 7 * cStep + VECTOR, ORDER);
  }
}
