package dev.swax.runtime.kernel.dplr;

import dev.swax.runtime.kernel.matrix.BlockTiles;
import dev.swax.runtime.kernel.matrix.MatrixShape;
import dev.swax.runtime.kernel.tile.TileCopy;
import dev.swax.runtime.kernel.tile.TileMath;
import dev.swax.runtime.kernel.tile.TileProduct;
import java.util.Arrays;

/**
 * A thread's tiles for one block of L tokens, each of which reads the state twice, with w before
 * its decay and with q after, and writes there twice, v at k and z at u. So tiles of pairs have 2 L
 * rows: reads [w; q] and what they give [z; y], writes [k; u] of values [v; z].
 */
final class DplrTiles extends BlockTiles {
  /** Columns of a tile of pairs. */
  static final int PAIRS = 2 * BLOCK;

  private static final int ROWS = TileProduct.padRows(PAIRS);

  /** What read j has of write l, 0 where it comes before it. */
  final float[] pairs = new float[ROWS * PAIRS];

  final float[] pairSlopes = new float[ROWS * PAIRS];

  /** [block, keyStride], as are the next three. */
  float[] u = new float[0];

  float[] w = new float[0];
  float[] du = new float[0];
  float[] dw = new float[0];

  /** One row of keys. */
  float[] uLine = new float[0];

  /** [2 L, keyStride]: reads by what is left of the state before the block, and their gradients. */
  float[] reads = new float[0];

  float[] dReads = new float[0];

  /** [2 L, keyStride]: writes by what is left of them after the block, and their gradients. */
  float[] writes = new float[0];

  float[] dWrites = new float[0];

  /** [2 L, valueStride]: what is written, and its gradients. */
  float[] values = new float[0];

  float[] dValues = new float[0];

  /** [2 L, valueStride]: what is read, or its gradients. */
  float[] given = new float[0];

  /** [V, 2 L]. */
  private float[] columns = new float[0];

  /** [K, 2 L]. */
  private float[] keyPairs = new float[0];

  @Override
  public void grow(MatrixShape shape) {
    super.grow(shape);
    if (reads.length < ROWS * keyStride) {
      u = new float[q.length];
      w = new float[q.length];
      du = new float[q.length];
      dw = new float[q.length];
      uLine = new float[keyStride];
      reads = new float[ROWS * keyStride];
      dReads = new float[ROWS * keyStride];
      writes = new float[ROWS * keyStride];
      dWrites = new float[ROWS * keyStride];
      keyPairs = new float[TileProduct.padRows(keyStride) * PAIRS];
    }
    if (values.length < ROWS * valueStride) {
      values = new float[ROWS * valueStride];
      dValues = new float[ROWS * valueStride];
      given = new float[ROWS * valueStride];
      columns = new float[valueStride * PAIRS];
    }
  }

  /** Everything of a block but its z and dy. */
  void load(DplrCall call, int head, boolean queries) {
    if (queries) {
      loadKeys(call, head, call.q, call.shape.scale(), q);
    }
    loadKeys(call, head, call.w, 1f, w);
    loadWrites(call, head);
  }

  /** What a block writes, z left aside, and its decays. */
  void loadWrites(DplrCall call, int head) {
    loadKeys(call, head, call.k, 1f, k);
    loadKeys(call, head, call.u, 1f, u);
    loadDecays(call, head, call.logDecay);
    loadValues(call, head, call.v, values);
    int end = length() * keyStride;
    TileMath.multiply(k, 0, after, 0, writes, 0, end);
    TileMath.multiply(u, 0, after, 0, writes, end, end);
  }

  /** The reads of the state before the block; of queries only where they are loaded. */
  void scaleReads(boolean queries) {
    int end = length() * keyStride;
    System.arraycopy(w, 0, reads, 0, keyStride);
    TileMath.multiply(w, keyStride, read, 0, reads, keyStride, end - keyStride);
    if (queries) {
      TileMath.multiply(q, 0, read, 0, reads, end, end);
    }
  }

  /** {@code given = reads S}, the first {@code rows}. */
  void readState(float[] state, MatrixShape shape, int rows) {
    if (reset()) {
      Arrays.fill(given, 0, rows * valueStride, 0);
      return;
    }
    TileProduct.multiply(
        reads,
        0,
        keyStride,
        state,
        0,
        valueStride,
        given,
        0,
        valueStride,
        rows,
        valueStride,
        shape.keyWidth(),
        false);
  }

  /** {@code S = diag(keep) S + writesᵀ values}. */
  void write(float[] state, MatrixShape shape) {
    addTo(state, writes, values, shape);
  }

  /** {@code S = diag(keep) S + xᵀ y}, without the state that was where a document begins. */
  void addTo(float[] state, float[] x, float[] y, MatrixShape shape) {
    if (!reset()) {
      keep(state, 0, shape);
    }
    TileProduct.multiplyTransposed(
        x,
        0,
        keyStride,
        y,
        0,
        valueStride,
        state,
        0,
        valueStride,
        shape.keyWidth(),
        valueStride,
        2 * length(),
        !reset());
  }

  /** Columns of 2 L rows that are V wide. */
  void turn(float[] rows, MatrixShape shape) {
    TileCopy.transposePadded(rows, valueStride, 2 * length(), shape.valueWidth(), columns, PAIRS);
  }

  /** {@code pairSlopes = given valuesᵀ}, the values being turned. */
  void pairSlopes(MatrixShape shape) {
    TileProduct.multiply(
        given,
        0,
        valueStride,
        columns,
        0,
        PAIRS,
        pairSlopes,
        0,
        PAIRS,
        2 * length(),
        TileProduct.padColumns(2 * length()),
        shape.valueWidth(),
        false);
  }

  /** {@code to[j, r] = state[r] . x[j]}, x being the rows that are turned. */
  void turnBack(float[] state, int at, MatrixShape shape, float[] to) {
    TileProduct.multiply(
        state,
        at,
        valueStride,
        columns,
        0,
        PAIRS,
        keyPairs,
        0,
        PAIRS,
        shape.keyWidth(),
        TileProduct.padColumns(2 * length()),
        shape.valueWidth(),
        false);
    TileCopy.transpose(keyPairs, 0, PAIRS, keyStride, 2 * length(), to, 0, keyStride);
  }

  @Override
  public long bytes() {
    return super.bytes()
        + 4L
            * (2 * pairs.length
                + 4 * u.length
                + uLine.length
                + 4 * reads.length
                + 3 * values.length
                + columns.length
                + keyPairs.length);
  }
}
