package dev.swax.runtime.kernel.memory;

import dev.swax.runtime.kernel.tile.TileProduct;

/** A thread's tiles for one chunk, and the products on them that forward and backward share. */
final class MemoryTiles {
  private static final int LONGEST = MemoryCall.LONGEST_CHUNK;

  /** Of rows with a column a token; not a power of two, so that rows do not share cache lines. */
  static final int STRIDE = LONGEST + 16;

  private static final int ROWS = TileProduct.ROWS;
  private static final int PANEL = 2 * TileProduct.LANES;

  final MemoryGates gates = new MemoryGates();

  /** [chunk, chunk], as are the next two. */
  final float[] scores = new float[TileProduct.padRows(LONGEST) * STRIDE];

  final float[] weights = new float[TileProduct.padRows(LONGEST) * STRIDE];
  final float[] slopes = new float[TileProduct.padRows(LONGEST) * STRIDE];

  /** Partial sums, a vector for each row. */
  final float[] lanes = new float[LONGEST * TileProduct.LANES];

  /** Values of the sums s and of their gradients, one a token. */
  final float[] sums = new float[LONGEST];

  /** Factors of rows. */
  final float[] factors = new float[LONGEST];

  /** [chunk, keyStride], as are the next five. */
  float[] q = new float[0];

  float[] k = new float[0];
  float[] scaled = new float[0];
  float[] dq = new float[0];
  float[] dk = new float[0];

  /** [chunk, valueStride], as are the next two. */
  float[] v = new float[0];

  float[] y = new float[0];
  float[] dy = new float[0];

  /** [K, chunk] and [V, chunk]. */
  float[] keyColumns = new float[0];

  float[] valueColumns = new float[0];

  /** [V, keyStride]. */
  float[] stateColumns = new float[0];

  int keyStride;
  int valueStride;

  void grow(MemoryShape shape) {
    keyStride = TileProduct.padColumns(shape.keyWidth());
    valueStride = TileProduct.padColumns(shape.valueWidth());
    int rows = TileProduct.padRows(LONGEST);
    if (q.length < rows * keyStride || keyColumns.length < columnSize(shape.keyWidth())) {
      q = new float[rows * keyStride];
      k = new float[rows * keyStride];
      scaled = new float[rows * keyStride];
      dq = new float[rows * keyStride];
      dk = new float[rows * keyStride];
      keyColumns = new float[columnSize(shape.keyWidth())];
    }
    if (v.length < rows * valueStride || valueColumns.length < columnSize(shape.valueWidth())) {
      v = new float[rows * valueStride];
      y = new float[rows * valueStride];
      dy = new float[rows * valueStride];
      valueColumns = new float[columnSize(shape.valueWidth())];
    }
    int state = TileProduct.padRows(shape.valueWidth()) * keyStride;
    if (stateColumns.length < state) {
      stateColumns = new float[state];
    }
  }

  /** The columns that {@link #lower} writes of row {@code j}, a multiple of the vector length. */
  static int lowerColumns(int j, int length) {
    return TileProduct.padColumns(Math.min(length, (j / ROWS + 1) * ROWS));
  }

  private static int columnSize(int width) {
    return width * STRIDE;
  }

  /**
   * {@code c[j, l] = a[j] . b[:, l]} for l up to the end of j's group of rows. a [length, depth], b
   * [depth, chunk], c [length, chunk].
   */
  static void lower(float[] a, int aStride, float[] b, float[] c, int length, int depth) {
    for (int n = 0; n < length; n += PANEL) {
      for (int r = n / ROWS * ROWS; r < length; r += ROWS) {
        int columns = Math.min(PANEL, lowerColumns(r, length) - n);
        if (columns > 0) {
          TileProduct.multiply(
              a,
              r * aStride,
              aStride,
              b,
              n,
              STRIDE,
              c,
              r * STRIDE + n,
              STRIDE,
              ROWS,
              columns,
              depth,
              false);
        }
      }
    }
  }

  /** {@code c[j] += sum over l <= j of a[j, l] b[l]}. a as {@link #lower} gives it. */
  static void addLower(float[] a, float[] b, float[] c, int stride, int length) {
    for (int n = 0; n < stride; n += PANEL) {
      for (int r = 0; r < length; r += ROWS) {
        TileProduct.multiply(
            a,
            r * STRIDE,
            STRIDE,
            b,
            n,
            stride,
            c,
            r * stride + n,
            stride,
            ROWS,
            Math.min(PANEL, stride - n),
            Math.min(length, r + ROWS),
            true);
      }
    }
  }

  /** {@code c[l] += sum over j >= l of a[j, l] b[j]}. a as {@link #lower} gives it. */
  static void addLowerTransposed(float[] a, float[] b, float[] c, int stride, int length) {
    for (int n = 0; n < stride; n += PANEL) {
      for (int r = 0; r < length; r += ROWS) {
        TileProduct.multiplyTransposed(
            a,
            r * STRIDE + r,
            STRIDE,
            b,
            r * stride + n,
            stride,
            c,
            r * stride + n,
            stride,
            ROWS,
            Math.min(PANEL, stride - n),
            length - r,
            true);
      }
    }
  }

  long bytes() {
    return 4L
        * (3 * scores.length
            + 5 * q.length
            + 3 * v.length
            + keyColumns.length
            + valueColumns.length
            + stateColumns.length);
  }
}
