package dev.swax.runtime.kernel.matmul;

import static dev.swax.runtime.kernel.matmul.MatmulPanels.COLUMNS;
import static dev.swax.runtime.kernel.matmul.MatmulPanels.LANES;
import static dev.swax.runtime.kernel.matmul.MatmulPanels.LEFT_SIZE;
import static dev.swax.runtime.kernel.matmul.MatmulPanels.LEFT_STEP;
import static dev.swax.runtime.kernel.matmul.MatmulPanels.ROWS;
import static dev.swax.runtime.kernel.matmul.MatmulPanels.load;
import static dev.swax.runtime.kernel.tile.SquareTranspose.SIDE;

import dev.swax.runtime.kernel.tile.SquareTranspose;
import dev.swax.runtime.kernel.tile.TileCopy;
import dev.swax.runtime.kernel.tile.VectorMath;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Copies blocks of matrices into panels. Offsets and strides of matrices are in bytes; rows and
 * columns that a panel has and the block has not are zero.
 */
final class MatmulPacking {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

  /** A column of a left panel, where panels hold columns. */
  private static final VectorSpecies<Float> COLUMN = FloatVector.SPECIES_256;

  /** Columns of a left panel that are copied before going to the next panel. */
  private static final int AT_ONCE = 32;

  /** Columns of a strip; it stays in the first cache. */
  private static final int STRIP_DEPTH = 256;

  /** From one row of a strip to the next, uneven so that they share no cache set. */
  private static final int STRIP_STEP = STRIP_DEPTH + 16;

  /** Values of a strip of rows that are transposed by squares. */
  static final int STRIP = SIDE * STRIP_STEP;

  private MatmulPacking() {}

  /** Left panels of rows from a [rows, depth]. */
  static void leftRows(
      MemorySegment a, long from, long stride, int rows, int depth, float[] panels) {
    int padded = (rows + ROWS - 1) / ROWS * ROWS;
    for (int r = 0; r < padded; r++) {
      int to = r * LEFT_STEP;
      if (r < rows) {
        copyRow(a, from + r * stride, panels, to, depth);
      } else {
        Arrays.fill(panels, to, to + depth, 0f);
      }
    }
  }

  private static void copyRow(MemorySegment a, long from, float[] panels, int to, int depth) {
    int bound = MatmulPanels.SPECIES.loopBound(depth);
    int p = 0;
    for (; p < bound; p += LANES) {
      load(a, from + 4L * p).intoArray(panels, to + p);
    }
    for (; p < depth; p++) {
      panels[to + p] = a.get(FLOAT, from + 4L * p);
    }
  }

  /** Left panels of columns from the transpose of a [depth, rows]. */
  static void leftColumns(
      MemorySegment a, long from, long stride, int rows, int depth, float[] panels) {
    for (int p = 0; p < depth; p += AT_ONCE) {
      int part = Math.min(AT_ONCE, depth - p);
      for (int i = 0; i < rows; i += ROWS) {
        long at = from + p * stride + 4L * i;
        int to = i / ROWS * LEFT_SIZE + p * ROWS;
        if (rows - i >= ROWS) {
          leftPanel(a, at, stride, part, panels, to);
        } else {
          lastPanel(a, at, stride, rows - i, part, panels, to);
        }
      }
    }
  }

  private static void leftPanel(
      MemorySegment a, long from, long stride, int depth, float[] panels, int to) {
    for (int p = 0; p < depth; p++) {
      FloatVector.fromMemorySegment(COLUMN, a, from + p * stride, VectorMath.ORDER)
          .intoArray(panels, to + p * ROWS);
    }
  }

  private static void lastPanel(
      MemorySegment a, long from, long stride, int rows, int depth, float[] panels, int to) {
    for (int p = 0; p < depth; p++) {
      for (int r = 0; r < ROWS; r++) {
        float value = r < rows ? a.get(FLOAT, from + p * stride + 4L * r) : 0f;
        panels[to + p * ROWS + r] = value;
      }
    }
  }

  /**
   * Left panels of rows from the transpose of a [depth, rows], with {@link #STRIP_DEPTH} rows at
   * most.
   *
   * @param strip room for {@link #STRIP} values
   */
  static void leftRowsTransposed(
      MemorySegment a, long from, long stride, int rows, int depth, float[] strip, float[] panels) {
    for (int p = 0; p < depth; p += SIDE) {
      int part = Math.min(SIDE, depth - p);
      for (int i = 0; i < part; i++) {
        copyRow(a, from + (p + i) * stride, strip, i * STRIP_STEP, rows);
      }
      TileCopy.transpose(strip, 0, STRIP_STEP, part, rows, panels, p, LEFT_STEP);
    }
    for (int r = rows; r % ROWS != 0; r++) {
      Arrays.fill(panels, r * LEFT_STEP, r * LEFT_STEP + depth, 0f);
    }
  }

  /** {@code y[to + p * step] = x[from + p * stride]}. */
  private static void gather(
      MemorySegment x, long from, long stride, int length, float[] y, int to, int step) {
    for (int p = 0; p < length; p++) {
      y[to + p * step] = x.get(FLOAT, from + p * stride);
    }
  }

  /** Right panels from b [depth, columns]. */
  static void right(
      MemorySegment b, long from, long stride, int depth, int columns, float[] panels, int at) {
    int size = MatmulPanels.rightSize(depth);
    int whole = columns / COLUMNS;
    int rest = columns % COLUMNS;
    for (int p = 0; p < depth; p++) {
      long row = from + p * stride;
      int to = at + p * COLUMNS;
      for (int j = 0; j < whole; j++) {
        FloatVector first = load(b, row + 4L * j * COLUMNS);
        FloatVector second = load(b, row + 4L * j * COLUMNS + 4L * LANES);
        first.intoArray(panels, to + j * size);
        second.intoArray(panels, to + j * size + LANES);
      }
      if (rest != 0) {
        int last = to + whole * size;
        copyRow(b, row + 4L * whole * COLUMNS, panels, last, rest);
        Arrays.fill(panels, last + rest, last + COLUMNS, 0f);
      }
    }
  }

  /**
   * Right panels from the transpose of b [columns, depth].
   *
   * @param strip room for {@link #STRIP} values
   */
  static void rightTransposed(
      MemorySegment b,
      long from,
      long stride,
      int depth,
      int columns,
      float[] strip,
      float[] panels,
      int at) {
    int size = MatmulPanels.rightSize(depth);
    int padded = (columns + COLUMNS - 1) / COLUMNS * COLUMNS;
    int squares = SquareTranspose.FITS ? columns / SIDE * SIDE : 0;
    for (int j = 0; j < squares; j += SIDE) {
      int to = at + j / COLUMNS * size + j % COLUMNS;
      rightSquares(b, from + j * stride, stride, depth, strip, panels, to);
    }
    for (int j = squares; j < padded; j++) {
      int to = at + j / COLUMNS * size + j % COLUMNS;
      if (j < columns) {
        gather(b, from + j * stride, Float.BYTES, depth, panels, to, COLUMNS);
      } else {
        for (int p = 0; p < depth; p++) {
          panels[to + p * COLUMNS] = 0f;
        }
      }
    }
  }

  /** As many rows of b as a square has, by way of an array. */
  private static void rightSquares(
      MemorySegment b, long from, long stride, int depth, float[] strip, float[] panels, int to) {
    for (int p = 0; p < depth; p += STRIP_DEPTH) {
      int part = Math.min(STRIP_DEPTH, depth - p);
      for (int r = 0; r < SIDE; r++) {
        copyRow(b, from + r * stride + 4L * p, strip, r * STRIP_STEP, part);
      }
      TileCopy.transpose(strip, 0, STRIP_STEP, SIDE, part, panels, to + p * COLUMNS, COLUMNS);
    }
  }

  /** Copies rows whose first values are {@code step} bytes apart. */
  static void copy(
      MemorySegment x,
      long from,
      long step,
      MemorySegment y,
      long to,
      long toStep,
      int rows,
      int columns) {
    for (int r = 0; r < rows; r++) {
      MemorySegment.copy(x, from + r * step, y, to + r * toStep, 4L * columns);
    }
  }
}
