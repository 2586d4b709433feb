package dev.swax.runtime.kernel.delta;

import dev.swax.runtime.kernel.matrix.MatrixShape;
import dev.swax.runtime.kernel.tile.TileCopy;
import dev.swax.runtime.kernel.tile.TileMath;
import dev.swax.runtime.kernel.tile.TileProduct;
import dev.swax.runtime.kernel.tile.TileTriangle;
import dev.swax.runtime.tensor.Tensor;

/** A thread's tiles for one chunk, and how they are filled. */
final class DeltaTiles {
  private static final int CHUNK = DeltaCall.CHUNK;

  /** Rows of a tile: as many as products may touch. */
  static final int ROWS = TileProduct.padRows(CHUNK);

  /** Of rows with a column a token; not a power of two, so that rows do not share cache lines. */
  static final int STRIDE = CHUNK + 16;

  final DeltaGates gates = new DeltaGates();

  /** [chunk, chunk], as are the next three. */
  final float[] scores = new float[ROWS * STRIDE];

  final float[] weights = new float[ROWS * STRIDE];
  final float[] system = new float[ROWS * STRIDE];
  final float[] slopes = new float[ROWS * STRIDE];

  /** Numbers of the tokens, as are the next two. */
  final float[] factors = new float[CHUNK];

  final float[] alongKeys = new float[CHUNK];
  final float[] alongErase = new float[CHUNK];

  /** [chunk, keyStride], as are the next five. */
  float[] q = new float[0];

  float[] k = new float[0];
  float[] scaled = new float[0];
  float[] dq = new float[0];
  float[] dk = new float[0];
  float[] slope = new float[0];

  /** [chunk, valueStride], as are the next five. */
  float[] v = new float[0];

  float[] w = new float[0];
  float[] y = new float[0];
  float[] dy = new float[0];
  float[] dw = new float[0];

  /** [K, chunk] and [V, chunk]. */
  float[] keyColumns = new float[0];

  float[] valueColumns = new float[0];

  /** [V, keyStride]. */
  float[] stateColumns = new float[0];

  int keyStride;
  int valueStride;

  void grow(MatrixShape shape) {
    keyStride = TileProduct.padColumns(shape.keyWidth());
    valueStride = TileProduct.padColumns(shape.valueWidth());
    if (q.length < ROWS * keyStride || keyColumns.length < shape.keyWidth() * STRIDE) {
      q = new float[ROWS * keyStride];
      k = new float[ROWS * keyStride];
      scaled = new float[ROWS * keyStride];
      dq = new float[ROWS * keyStride];
      dk = new float[ROWS * keyStride];
      slope = new float[ROWS * keyStride];
      keyColumns = new float[shape.keyWidth() * STRIDE];
    }
    if (v.length < ROWS * valueStride || valueColumns.length < shape.valueWidth() * STRIDE) {
      v = new float[ROWS * valueStride];
      w = new float[ROWS * valueStride];
      y = new float[ROWS * valueStride];
      dy = new float[ROWS * valueStride];
      dw = new float[ROWS * valueStride];
      valueColumns = new float[shape.valueWidth() * STRIDE];
    }
    int state = TileProduct.padRows(shape.valueWidth()) * keyStride;
    if (stateColumns.length < state) {
      stateColumns = new float[state];
    }
  }

  /** Makes room, and computes the gates of a chunk. */
  void begin(DeltaCall call, int head, int chunk) {
    grow(call.shape);
    gates.load(call, head, chunk);
  }

  /** Rows of this chunk of what is K wide. */
  void loadKeys(DeltaCall call, int head, Tensor x, float scale, float[] to) {
    int width = call.shape.keyWidth();
    long at = call.at(head, gates.from()) * width;
    TileCopy.load(x, at, call.keyStride(), gates.length(), width, scale, to, 0, keyStride);
  }

  void storeKeys(DeltaCall call, int head, float[] rows, float scale, Tensor x) {
    int width = call.shape.keyWidth();
    long at = call.at(head, gates.from()) * width;
    TileCopy.store(
        rows, 0, keyStride, gates.length(), width, scale, false, x, at, call.keyStride());
  }

  /** Rows of this chunk of what is V wide. */
  void loadValues(DeltaCall call, int head, Tensor x, float[] to) {
    int width = call.shape.valueWidth();
    long at = call.at(head, gates.from()) * width;
    TileCopy.load(x, at, call.valueStride(), gates.length(), width, 1f, to, 0, valueStride);
  }

  void storeValues(DeltaCall call, int head, float[] rows, Tensor x) {
    int width = call.shape.valueWidth();
    long at = call.at(head, gates.from()) * width;
    TileCopy.store(
        rows, 0, valueStride, gates.length(), width, 1f, false, x, at, call.valueStride());
  }

  /** Columns of the keys that are loaded. */
  void turnKeys(MatrixShape shape) {
    TileCopy.transposePadded(k, keyStride, gates.length(), shape.keyWidth(), keyColumns, STRIDE);
  }

  /**
   * {@code system_jl = -erase_j weight_jl (k_j . k_l)} for l < j: what token j takes of what token
   * l wrote. Keys and their columns are loaded; leaves the weights.
   */
  void makeSystem(MatrixShape shape) {
    int length = gates.length();
    TileTriangle.lower(k, keyStride, keyColumns, system, STRIDE, length, shape.keyWidth());
    gates.weights(weights);
    for (int j = 0; j < length; j++) {
      int line = j * STRIDE;
      int end = line + TileTriangle.columns(j, length);
      TileMath.multiply(system, weights, line, end);
      TileMath.scale(system, line, end, -gates.erase()[j]);
    }
  }

  /** {@code to = x state}: x [length, K], state [K, V], to [length, V]. */
  void read(float[] x, float[] state, int at, float[] to, int keyWidth, boolean add) {
    TileProduct.multiply(
        x,
        0,
        keyStride,
        state,
        at,
        valueStride,
        to,
        0,
        valueStride,
        gates.length(),
        valueStride,
        keyWidth,
        add);
  }

  /** {@code to = x stateᵀ}: x [length, V], state [K, V], to [length, K]. */
  void readBack(float[] x, float[] state, int at, MatrixShape shape, float[] to) {
    int width = shape.valueWidth();
    TileCopy.transpose(state, at, valueStride, shape.keyWidth(), width, stateColumns, 0, keyStride);
    TileProduct.multiply(
        x,
        0,
        valueStride,
        stateColumns,
        0,
        keyStride,
        to,
        0,
        keyStride,
        gates.length(),
        keyStride,
        width,
        false);
  }

  long bytes() {
    return 4L
        * (4 * scores.length
            + 6 * q.length
            + 5 * v.length
            + keyColumns.length
            + valueColumns.length
            + stateColumns.length);
  }
}
