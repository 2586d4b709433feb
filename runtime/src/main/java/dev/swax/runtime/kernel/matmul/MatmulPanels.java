package dev.swax.runtime.kernel.matmul;

import dev.swax.runtime.kernel.tile.VectorMath;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The layout of packed operands, and the register block that multiplies them. A right panel is
 * {@link #COLUMNS} columns wide; a left panel is {@link #ROWS} rows high and holds either whole
 * rows, {@link #LEFT_STEP} values apart, or whole columns, {@link #ROWS} apart.
 *
 * <p>A value of c gets its products one by one, in the order of the depth, each rounded once: so it
 * has the same bits wherever the borders of the blocks are.
 */
final class MatmulPanels {
  static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;
  static final int LANES = SPECIES.length();

  private static final boolean WIDE = LANES >= 16;

  /** Rows of a register block. */
  static final int ROWS = WIDE ? WideMatmulKernel.ROWS : NarrowMatmulKernel.ROWS;

  /** Columns of a register block. */
  static final int COLUMNS = 2 * LANES;

  /** The largest depth of a panel. The deeper, the less often c is read and written. */
  static final int DEPTH = 768;

  /** From one row of a left panel to the next, uneven so that they share no cache set. */
  static final int LEFT_STEP = DEPTH + 16;

  /** From one left panel to the next. */
  static final int LEFT_SIZE = ROWS * LEFT_STEP;

  /** Whether left panels of columns are for this machine; they are the faster ones to make. */
  static final boolean BY_COLUMNS = WIDE;

  private MatmulPanels() {}

  /** From one right panel of that depth to the next, uneven so that they share no cache set. */
  static int rightSize(int depth) {
    return (depth + 1) * COLUMNS;
  }

  /**
   * {@code c += a b} of {@link #ROWS} by {@link #COLUMNS} values. a is a left panel of rows, b a
   * right panel, c has its rows {@code cStep} bytes apart.
   */
  static void rows(
      float[] a, int aAt, float[] b, int bAt, int depth, MemorySegment c, long cAt, long cStep) {
    if (WIDE) {
      WideMatmulKernel.rows(a, aAt, b, bAt, depth, c, cAt, cStep);
    } else {
      NarrowMatmulKernel.rows(a, aAt, LEFT_STEP, b, bAt, depth, c, cAt, cStep);
    }
  }

  /** As {@link #rows}, where a is a left panel of columns; only with {@link #BY_COLUMNS}. */
  static void columns(
      float[] a, int aAt, float[] b, int bAt, int depth, MemorySegment c, long cAt, long cStep) {
    WideMatmulKernel.columns(a, aAt, b, bAt, depth, c, cAt, cStep);
  }

  /** Sets as many values of c to zero. */
  static void clear(MemorySegment c, long at, long step) {
    for (int r = 0; r < ROWS; r++) {
      FloatVector.zero(SPECIES).intoMemorySegment(c, at + r * step, VectorMath.ORDER);
      FloatVector.zero(SPECIES).intoMemorySegment(c, at + r * step + 4L * LANES, VectorMath.ORDER);
    }
  }

  static FloatVector load(MemorySegment segment, long at) {
    return FloatVector.fromMemorySegment(SPECIES, segment, at, VectorMath.ORDER);
  }
}
