package dev.swax.runtime.kernel;

import static dev.swax.runtime.kernel.MatmulPanels.COLUMNS;
import static dev.swax.runtime.kernel.MatmulPanels.DEPTH;
import static dev.swax.runtime.kernel.MatmulPanels.LANES;
import static dev.swax.runtime.kernel.MatmulPanels.LEFT_SIZE;
import static dev.swax.runtime.kernel.MatmulPanels.ROWS;
import static dev.swax.runtime.kernel.MatmulPanels.load;

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
  private static final VectorSpecies<Float> PART =
      LANES >= 8 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;

  /** Values that are read for a row of a left panel of columns. */
  private static final int PARTS = (ROWS + PART.length() - 1) / PART.length() * PART.length();

  /** Columns of a left panel that are copied before going to the next panel. */
  private static final int AT_ONCE = 32;

  private MatmulPacking() {}

  /** Left panels of rows from a [rows, depth]. */
  static void leftRows(
      MemorySegment a, long from, long stride, int rows, int depth, float[] panels) {
    int padded = (rows + ROWS - 1) / ROWS * ROWS;
    for (int r = 0; r < padded; r++) {
      int to = r / ROWS * LEFT_SIZE + r % ROWS * DEPTH;
      if (r < rows) {
        leftRow(a, from + r * stride, panels, to, depth);
      } else {
        Arrays.fill(panels, to, to + depth, 0f);
      }
    }
  }

  private static void leftRow(MemorySegment a, long from, float[] panels, int to, int depth) {
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
    int whole = rows < PARTS ? 0 : (rows - PARTS) / ROWS + 1;
    for (int p = 0; p < depth; p += AT_ONCE) {
      int part = Math.min(AT_ONCE, depth - p);
      long at = from + p * stride;
      int to = p * ROWS;
      for (int i = 0; i < whole; i++) {
        leftPanel(a, at + 4L * i * ROWS, stride, part, panels, to + i * LEFT_SIZE);
      }
      for (int i = whole * ROWS; i < rows; i += ROWS) {
        lastPanel(a, at + 4L * i, stride, rows - i, part, panels, to + i / ROWS * LEFT_SIZE);
      }
    }
  }

  /** Whole vectors: what they bring beyond ROWS is overwritten by the next column. */
  private static void leftPanel(
      MemorySegment a, long from, long stride, int depth, float[] panels, int to) {
    for (int p = 0; p < depth; p++) {
      long at = from + p * stride;
      int column = to + p * ROWS;
      FloatVector.fromMemorySegment(PART, a, at, VectorMath.ORDER).intoArray(panels, column);
      if (PARTS > PART.length()) {
        FloatVector.fromMemorySegment(PART, a, at + 4L * PART.length(), VectorMath.ORDER)
            .intoArray(panels, column + PART.length());
      }
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

  /** Right panels from b [depth, columns]. */
  static void right(
      MemorySegment b,
      long from,
      long stride,
      int depth,
      int columns,
      MemorySegment panels,
      long panelsAt) {
    long panelBytes = MatmulPanels.rightBytes(depth);
    int whole = columns / COLUMNS;
    int rest = columns % COLUMNS;
    for (int p = 0; p < depth; p++) {
      long row = from + p * stride;
      long to = panelsAt + 4L * p * COLUMNS;
      for (int j = 0; j < whole; j++) {
        long at = row + 4L * j * COLUMNS;
        FloatVector first = load(b, at);
        FloatVector second = load(b, at + 4L * LANES);
        first.intoMemorySegment(panels, to + j * panelBytes, VectorMath.ORDER);
        second.intoMemorySegment(panels, to + j * panelBytes + 4L * LANES, VectorMath.ORDER);
      }
      if (rest != 0) {
        long last = to + whole * panelBytes;
        copy(b, row + 4L * whole * COLUMNS, panels, last, rest);
        clear(panels, last + 4L * rest, COLUMNS - rest);
      }
    }
  }

  /** Right panels from the transpose of b [columns, depth]. */
  static void rightTransposed(
      MemorySegment b,
      long from,
      long stride,
      int depth,
      int columns,
      MemorySegment panels,
      long panelsAt) {
    long panelBytes = MatmulPanels.rightBytes(depth);
    int padded = (columns + COLUMNS - 1) / COLUMNS * COLUMNS;
    for (int j = 0; j < padded; j++) {
      long to = panelsAt + j / COLUMNS * panelBytes + 4L * (j % COLUMNS);
      for (int p = 0; p < depth; p++) {
        float value = j < columns ? b.get(FLOAT, from + j * stride + 4L * p) : 0f;
        panels.set(FLOAT, to + 4L * p * COLUMNS, value);
      }
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
      copy(x, from + r * step, y, to + r * toStep, columns);
    }
  }

  private static void copy(MemorySegment x, long from, MemorySegment y, long to, int length) {
    int bound = MatmulPanels.SPECIES.loopBound(length);
    int i = 0;
    for (; i < bound; i += LANES) {
      load(x, from + 4L * i).intoMemorySegment(y, to + 4L * i, VectorMath.ORDER);
    }
    for (; i < length; i++) {
      y.set(FLOAT, to + 4L * i, x.get(FLOAT, from + 4L * i));
    }
  }

  private static void clear(MemorySegment x, long at, int length) {
    for (int i = 0; i < length; i++) {
      x.set(FLOAT, at + 4L * i, 0f);
    }
  }
}
