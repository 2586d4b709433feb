package dev.swax.runtime.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The layout of packed operands, and the register block that multiplies them. A right panel is
 * {@link #COLUMNS} columns wide; a left panel is {@link #ROWS} rows high and holds either whole
 * rows, {@link #ROW_BYTES} apart, or whole columns, {@link #ROWS} values apart.
 *
 * <p>Every block adds its products in the order of the depth, starting from zero, and is added to c
 * once: so a value of c has the same bits wherever the borders of the blocks are.
 */
final class MatmulPanels {
  static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;
  static final int LANES = SPECIES.length();

  private static final boolean WIDE = LANES >= 16;

  /** Rows of a register block. */
  static final int ROWS = WIDE ? WideMatmulKernel.ROWS : NarrowMatmulKernel.ROWS;

  /** Columns of a register block. */
  static final int COLUMNS = 2 * LANES;

  /** The largest depth of a panel. */
  static final int DEPTH = 256;

  static final long ROW_BYTES = DEPTH * (long) Float.BYTES;

  /** Bytes from one left panel to the next; some more than it needs, for whole-vector copies. */
  static final long LEFT_BYTES = ROWS * ROW_BYTES + 64;

  private MatmulPanels() {}

  /**
   * Bytes from one right panel of that depth to the next, uneven so that they share no cache set.
   */
  static long rightBytes(int depth) {
    return (depth + 1L) * COLUMNS * Float.BYTES;
  }

  /**
   * {@code c = a b}, or {@code c += a b}, of {@link #ROWS} by {@link #COLUMNS} values. a is a left
   * panel of rows, b has its rows {@code bStep} bytes apart, c {@code cStep}.
   */
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
    if (WIDE) {
      WideMatmulKernel.rows(a, aAt, b, bAt, bStep, depth, c, cAt, cStep, accumulate);
    } else {
      NarrowMatmulKernel.rows(a, aAt, b, bAt, bStep, depth, c, cAt, cStep, accumulate);
    }
  }

  /** As {@link #rows}, where a is a left panel of columns. */
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
    if (WIDE) {
      WideMatmulKernel.columns(a, aAt, b, bAt, bStep, depth, c, cAt, cStep, accumulate);
    } else {
      NarrowMatmulKernel.columns(a, aAt, b, bAt, bStep, depth, c, cAt, cStep, accumulate);
    }
  }

  static FloatVector zero() {
    return FloatVector.zero(SPECIES);
  }

  static FloatVector load(MemorySegment segment, long at) {
    return FloatVector.fromMemorySegment(SPECIES, segment, at, VectorMath.ORDER);
  }

  static FloatVector broadcast(MemorySegment segment, long at) {
    return FloatVector.broadcast(SPECIES, segment.get(ValueLayout.JAVA_FLOAT, at));
  }

  static void store(MemorySegment segment, long at, FloatVector value, boolean accumulate) {
    if (accumulate) {
      load(segment, at).add(value).intoMemorySegment(segment, at, VectorMath.ORDER);
    } else {
      value.intoMemorySegment(segment, at, VectorMath.ORDER);
    }
  }
}
