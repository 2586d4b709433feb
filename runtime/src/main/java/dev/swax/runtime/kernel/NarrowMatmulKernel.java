package dev.swax.runtime.kernel;

import static dev.swax.runtime.kernel.MatmulPanels.LANES;
import static dev.swax.runtime.kernel.MatmulPanels.broadcast;
import static dev.swax.runtime.kernel.MatmulPanels.load;
import static dev.swax.runtime.kernel.MatmulPanels.store;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Register blocks of 6 rows by 2 vectors, for machines with 16 vector registers. Written out
 * because accumulators must be locals to stay in registers.
 */
final class NarrowMatmulKernel {
  static final int ROWS = 6;

  private static final long VECTOR = LANES * (long) Float.BYTES;

  private NarrowMatmulKernel() {}

  /** As {@link MatmulPanels#rows}. */
  static void rows(
      MemorySegment a,
      long aAt,
      MemorySegment b,
      long bAt,
      long bStep,
      int depth,
      MemorySegment c,
      long cAt,
      long cStep,
      boolean accumulate) {
    FloatVector c00 = MatmulPanels.zero();
    FloatVector c01 = MatmulPanels.zero();
    FloatVector c10 = MatmulPanels.zero();
    FloatVector c11 = MatmulPanels.zero();
    FloatVector c20 = MatmulPanels.zero();
    FloatVector c21 = MatmulPanels.zero();
    FloatVector c30 = MatmulPanels.zero();
    FloatVector c31 = MatmulPanels.zero();
    FloatVector c40 = MatmulPanels.zero();
    FloatVector c41 = MatmulPanels.zero();
    FloatVector c50 = MatmulPanels.zero();
    FloatVector c51 = MatmulPanels.zero();
    for (int p = 0; p < depth; p++) {
      FloatVector b0 = load(b, bAt + p * bStep);
      FloatVector b1 = load(b, bAt + p * bStep + VECTOR);
      FloatVector x = broadcast(a, aAt + 4L * p);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = broadcast(a, aAt + 1 * MatmulPanels.ROW_BYTES + 4L * p);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = broadcast(a, aAt + 2 * MatmulPanels.ROW_BYTES + 4L * p);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = broadcast(a, aAt + 3 * MatmulPanels.ROW_BYTES + 4L * p);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = broadcast(a, aAt + 4 * MatmulPanels.ROW_BYTES + 4L * p);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = broadcast(a, aAt + 5 * MatmulPanels.ROW_BYTES + 4L * p);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
    }
    store(c, cAt, c00, accumulate);
    store(c, cAt + VECTOR, c01, accumulate);
    store(c, cAt + cStep, c10, accumulate);
    store(c, cAt + cStep + VECTOR, c11, accumulate);
    store(c, cAt + 2 * cStep, c20, accumulate);
    store(c, cAt + 2 * cStep + VECTOR, c21, accumulate);
    store(c, cAt + 3 * cStep, c30, accumulate);
    store(c, cAt + 3 * cStep + VECTOR, c31, accumulate);
    store(c, cAt + 4 * cStep, c40, accumulate);
    store(c, cAt + 4 * cStep + VECTOR, c41, accumulate);
    store(c, cAt + 5 * cStep, c50, accumulate);
    store(c, cAt + 5 * cStep + VECTOR, c51, accumulate);
  }

  /** As {@link MatmulPanels#columns}. */
  static void columns(
      MemorySegment a,
      long aAt,
      MemorySegment b,
      long bAt,
      long bStep,
      int depth,
      MemorySegment c,
      long cAt,
      long cStep,
      boolean accumulate) {
    FloatVector c00 = MatmulPanels.zero();
    FloatVector c01 = MatmulPanels.zero();
    FloatVector c10 = MatmulPanels.zero();
    FloatVector c11 = MatmulPanels.zero();
    FloatVector c20 = MatmulPanels.zero();
    FloatVector c21 = MatmulPanels.zero();
    FloatVector c30 = MatmulPanels.zero();
    FloatVector c31 = MatmulPanels.zero();
    FloatVector c40 = MatmulPanels.zero();
    FloatVector c41 = MatmulPanels.zero();
    FloatVector c50 = MatmulPanels.zero();
    FloatVector c51 = MatmulPanels.zero();
    for (int p = 0; p < depth; p++) {
      FloatVector b0 = load(b, bAt + p * bStep);
      FloatVector b1 = load(b, bAt + p * bStep + VECTOR);
      FloatVector x = broadcast(a, aAt + 4L * ROWS * p);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = broadcast(a, aAt + 4L * ROWS * p + 4);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = broadcast(a, aAt + 4L * ROWS * p + 8);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = broadcast(a, aAt + 4L * ROWS * p + 12);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = broadcast(a, aAt + 4L * ROWS * p + 16);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = broadcast(a, aAt + 4L * ROWS * p + 20);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
    }
    store(c, cAt, c00, accumulate);
    store(c, cAt + VECTOR, c01, accumulate);
    store(c, cAt + cStep, c10, accumulate);
    store(c, cAt + cStep + VECTOR, c11, accumulate);
    store(c, cAt + 2 * cStep, c20, accumulate);
    store(c, cAt + 2 * cStep + VECTOR, c21, accumulate);
    store(c, cAt + 3 * cStep, c30, accumulate);
    store(c, cAt + 3 * cStep + VECTOR, c31, accumulate);
    store(c, cAt + 4 * cStep, c40, accumulate);
    store(c, cAt + 4 * cStep + VECTOR, c41, accumulate);
    store(c, cAt + 5 * cStep, c50, accumulate);
    store(c, cAt + 5 * cStep + VECTOR, c51, accumulate);
  }
}
