package dev.swax.runtime.kernel.memory;

import dev.swax.runtime.kernel.tile.TileProduct;

/** A thread's tiles for one chunk. */
final class MemoryTiles {
  private static final int LONGEST = MemoryCall.LONGEST_CHUNK;

  /** Of rows with a column a token; not a power of two, so that rows do not share cache lines. */
  static final int STRIDE = LONGEST + 16;

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

  private static int columnSize(int width) {
    return width * STRIDE;
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
