package dev.swax.runtime.kernel.matrix;

import dev.swax.runtime.kernel.tile.TileColumns;
import dev.swax.runtime.kernel.tile.TileCopy;
import dev.swax.runtime.kernel.tile.TileMath;
import dev.swax.runtime.kernel.tile.TileProduct;
import dev.swax.runtime.kernel.tile.VectorMath;
import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A thread's tiles for one block of tokens. A block is at most {@link #BLOCK} tokens of a chunk and
 * ends where a document ends, so that only its first token may begin one. With a_j the decays:
 *
 * <pre>
 * read_j  = a_first * ... * a_j        what token j reads of the state before the block
 * after_l = a_{l+1} * ... * a_last     what is left of token l after the block
 * </pre>
 *
 * <p>Products of decays, not exponentials of differences of sums: nothing overflows, and a decay of
 * 0 forgets exactly.
 */
public class BlockTiles {
  private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;
  private static final int LANES = TileProduct.LANES;

  /** Tokens of a block, a multiple of every vector length. */
  public static final int BLOCK = 16;

  /** States of a chunk at the first tokens of blocks that begin no document. */
  private static final int STATES = MatrixCall.CHUNK / BLOCK;

  /** Rows of a tile: as many as products may touch. */
  protected static final int ROWS = TileProduct.padRows(BLOCK);

  private final int[] starts = new int[MatrixCall.CHUNK + 1];
  private int blocks;
  private boolean carried;
  private int from;
  private int length;
  private boolean reset;

  /** [block, block], row j what token j has of token l, 0 where l > j. */
  public final float[] scores = new float[ROWS * BLOCK];

  public final float[] slopes = new float[ROWS * BLOCK];

  /** [block, keyStride], as are the next eight. */
  public float[] q = new float[0];

  public float[] k = new float[0];
  public float[] decay = new float[0];
  public float[] read = new float[0];
  public float[] after = new float[0];
  public float[] scaled = new float[0];
  public float[] dq = new float[0];
  public float[] dk = new float[0];
  public float[] dDecay = new float[0];

  /** One row of keys. */
  public float[] line = new float[0];

  /** [block, LANES]. */
  public final float[] lanes = new float[BLOCK * TileProduct.LANES];

  /** [block, valueStride], as are the next two. */
  public float[] v = new float[0];

  public float[] y = new float[0];
  public float[] dy = new float[0];

  /** [K, block] and [V, block]. */
  public float[] keyColumns = new float[0];

  public float[] valueColumns = new float[0];

  /** [K, valueStride], as is the next, and as are those of the blocks. */
  public float[] state = new float[0];

  public float[] slope = new float[0];
  public float[] blockStates = new float[0];

  public int keyStride;
  public int valueStride;

  public void grow(MatrixShape shape) {
    keyStride = TileProduct.padColumns(shape.keyWidth());
    valueStride = TileProduct.padColumns(shape.valueWidth());
    if (q.length < ROWS * keyStride) {
      q = new float[ROWS * keyStride];
      k = new float[ROWS * keyStride];
      decay = new float[ROWS * keyStride];
      read = new float[ROWS * keyStride];
      after = new float[ROWS * keyStride];
      scaled = new float[ROWS * keyStride];
      dq = new float[ROWS * keyStride];
      dk = new float[ROWS * keyStride];
      dDecay = new float[ROWS * keyStride];
      line = new float[keyStride];
      keyColumns = new float[TileProduct.padRows(keyStride) * BLOCK];
    }
    if (v.length < ROWS * valueStride) {
      v = new float[ROWS * valueStride];
      y = new float[ROWS * valueStride];
      dy = new float[ROWS * valueStride];
      valueColumns = new float[valueStride * BLOCK];
    }
    int size = MatrixCall.stateTile(shape);
    if (state.length < size) {
      state = new float[size];
      slope = new float[size];
      blockStates = new float[STATES * size];
    }
  }

  /** Makes room, and finds the blocks of a chunk. */
  public final void begin(MatrixCall call, int head, int chunk) {
    grow(call.shape);
    int first = chunk * MatrixCall.CHUNK;
    int end = Math.min(first + MatrixCall.CHUNK, call.time);
    blocks = 0;
    carried = true;
    for (int t = first; t < end; t++) {
      boolean cut = call.resetsBefore(head, t);
      carried &= !cut;
      if (cut || t == first || t - starts[blocks - 1] == BLOCK) {
        starts[blocks++] = t;
      }
    }
    starts[blocks] = end;
  }

  /** Blocks of the chunk. */
  public final int blocks() {
    return blocks;
  }

  /** Whether something of the state before the chunk may be left after it. */
  public final boolean carried() {
    return carried;
  }

  /** Goes to a block of the chunk. */
  public final void select(MatrixCall call, int head, int block) {
    from = starts[block];
    length = starts[block + 1] - from;
    reset = call.resetsBefore(head, from);
  }

  /** The first token of the block, in its chunk. */
  public final int first() {
    return from % MatrixCall.CHUNK;
  }

  /** Tokens of the block. */
  public final int length() {
    return length;
  }

  /** Whether the block begins a document. */
  public final boolean reset() {
    return reset;
  }

  /** Where the state before the block is kept, if the block begins no document. */
  public final int stateAt(MatrixShape shape) {
    // Blocks that begin no document begin a chunk or follow a whole block.
    return from % MatrixCall.CHUNK / BLOCK * MatrixCall.stateTile(shape);
  }

  /** Rows of this block of what is K wide. Columns that fill the last vector are 0. */
  public final void loadKeys(MatrixCall call, int head, Tensor x, float scale, float[] to) {
    int width = call.shape.keyWidth();
    long at = call.at(head, from) * width;
    TileCopy.load(x, at, call.keyStride(), length, width, scale, to, 0, keyStride);
    for (int j = 0; j < length && width < keyStride; j++) {
      Arrays.fill(to, j * keyStride + width, (j + 1) * keyStride, 0);
    }
  }

  public final void storeKeys(MatrixCall call, int head, float[] rows, float scale, Tensor x) {
    int width = call.shape.keyWidth();
    long at = call.at(head, from) * width;
    TileCopy.store(rows, 0, keyStride, length, width, scale, false, x, at, call.keyStride());
  }

  /** Rows of this block of what is V wide. */
  public final void loadValues(MatrixCall call, int head, Tensor x, float[] to) {
    loadValues(call, head, x, to, 0);
  }

  /** The same from a row of the tile on. */
  public final void loadValues(MatrixCall call, int head, Tensor x, float[] to, int row) {
    int width = call.shape.valueWidth();
    long at = call.at(head, from) * width;
    int target = row * valueStride;
    TileCopy.load(x, at, call.valueStride(), length, width, 1f, to, target, valueStride);
  }

  public final void storeValues(MatrixCall call, int head, float[] rows, Tensor x) {
    storeValues(call, head, rows, 0, x);
  }

  /** The same from a row of the tile on. */
  public final void storeValues(MatrixCall call, int head, float[] rows, int row, Tensor x) {
    int width = call.shape.valueWidth();
    long at = call.at(head, from) * width;
    long stride = call.valueStride();
    int source = row * valueStride;
    TileCopy.store(rows, source, valueStride, length, width, 1f, false, x, at, stride);
  }

  /** The decays of the block and what they leave. */
  public final void loadDecays(MatrixCall call, int head, Tensor logDecay) {
    loadKeys(call, head, logDecay, 1f, decay);
    TileMath.exponentiate(decay, 0, length * keyStride);
    TileColumns.products(decay, read, keyStride, length);
    TileColumns.productsAfter(decay, after, keyStride, length);
  }

  /** {@code scaled = x * y}. */
  public final void scale(float[] x, float[] y) {
    TileMath.multiply(x, 0, y, 0, scaled, 0, length * keyStride);
  }

  /** Multiplies the rows of a state by what the block leaves of each. */
  protected final void keep(float[] state, int at, MatrixShape shape) {
    int last = (length - 1) * keyStride;
    TileColumns.scaleRows(state, at, valueStride, shape.keyWidth(), read, last);
  }

  /** {@code state = diag(keep) state + scaledᵀ x}, x [length, V], or without the state that was. */
  public final void move(float[] state, int at, float[] x, MatrixShape shape, boolean add) {
    if (add) {
      keep(state, at, shape);
    }
    TileProduct.multiplyTransposed(
        scaled,
        0,
        keyStride,
        x,
        0,
        valueStride,
        state,
        at,
        valueStride,
        shape.keyWidth(),
        valueStride,
        length,
        add);
  }

  /** {@code to += scaled state}. */
  public final void addRead(float[] state, int at, MatrixShape shape, float[] to) {
    TileProduct.multiply(
        scaled,
        0,
        keyStride,
        state,
        at,
        valueStride,
        to,
        0,
        valueStride,
        length,
        valueStride,
        shape.keyWidth(),
        true);
  }

  /** Columns of rows that are V wide. */
  public final void turnValues(float[] x, MatrixShape shape) {
    TileCopy.transposePadded(x, valueStride, length, shape.valueWidth(), valueColumns, BLOCK);
  }

  /** {@code to[j, r] = state[r] . x[j]}, x being the values that are turned. */
  public final void readBack(float[] state, int at, MatrixShape shape, float[] to) {
    TileProduct.multiply(
        state,
        at,
        valueStride,
        valueColumns,
        0,
        BLOCK,
        keyColumns,
        0,
        BLOCK,
        shape.keyWidth(),
        TileProduct.padColumns(length),
        shape.valueWidth(),
        false);
    TileCopy.transpose(keyColumns, 0, BLOCK, keyStride, length, to, 0, keyStride);
  }

  /** {@code line *= decay}, then {@code line . q}. */
  public static float decayAndRead(float[] line, float[] decay, float[] q, int at, int stride) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int c = 0; c < stride; c += LANES) {
      FloatVector left =
          FloatVector.fromArray(SPECIES, line, c)
              .mul(FloatVector.fromArray(SPECIES, decay, at + c));
      left.intoArray(line, c);
      sum = left.fma(FloatVector.fromArray(SPECIES, q, at + c), sum);
    }
    return VectorMath.sum(sum);
  }

  /**
   * Adds to the gradient of log decay what the lanes have of token l at each later token and after.
   */
  public final void addSuffixes(int l, int c) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int j = length - 1; j > l; j--) {
      int at = j * keyStride + c;
      sum = sum.add(FloatVector.fromArray(SPECIES, lanes, j * LANES));
      sum.add(FloatVector.fromArray(SPECIES, dDecay, at)).intoArray(dDecay, at);
    }
  }

  /** Held by this thread. */
  public long bytes() {
    return 4L
        * (2 * scores.length
            + 9 * q.length
            + line.length
            + lanes.length
            + 3 * v.length
            + keyColumns.length
            + valueColumns.length
            + 2 * state.length
            + blockStates.length);
  }
}
