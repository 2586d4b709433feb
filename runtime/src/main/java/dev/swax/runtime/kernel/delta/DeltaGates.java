package dev.swax.runtime.kernel.delta;

import dev.swax.runtime.kernel.tile.TileCopy;
import dev.swax.runtime.kernel.tile.TileMath;
import dev.swax.runtime.kernel.tile.TileProduct;
import dev.swax.runtime.kernel.tile.TileTriangle;
import dev.swax.runtime.kernel.tile.VectorMath;
import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * The decays of one chunk. With {@code b_j} the sum of log decay up to j inside the chunk (b_{-1} =
 * 0) and g the whole sum:
 *
 * <pre>
 * weight_jl = e^(b_{j-1} - b_l)   l < j: what is left of token l where token j begins
 * decay_j   = e^(b_j - b_{j-1})   so that token j itself reads decay_j weight_jl, and 1 of itself
 * read_j    = e^b_j               what token j reads of the state before the chunk
 * before_j  = e^b_{j-1}           what is left of that where token j begins
 * after_l   = e^(g - b_l)         what is left of token l after the chunk
 * keep      = e^g                 what is left of the state before the chunk after it
 * </pre>
 *
 * <p>All are exactly zero where a reset lies between; no exponent is above 0 unless a decay is
 * above 1. Sums are taken in double and kept as two fp32 values each, so that a difference of two
 * is as exact as fp32 can say, however long the sums are.
 */
final class DeltaGates {
  private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;
  private static final int LANES = TileProduct.LANES;
  private static final int CHUNK = DeltaCall.CHUNK;
  private static final int STRIDE = DeltaTiles.STRIDE;

  /** Where read_j of each token begins in {@link #factors}. */
  static final int READ = 0;

  /** Where before_j of each token begins. */
  static final int BEFORE = CHUNK;

  /** Where after_l of each token begins. */
  static final int AFTER = 2 * CHUNK;

  private static final int DECAY = 3 * CHUNK;
  private static final int KEEP = 4 * CHUNK;

  private final double[] sums = new double[CHUNK + 1];
  private final boolean[] resets = new boolean[CHUNK];
  private final int[] starts = new int[CHUNK];
  private final float[] rowHigh = new float[CHUNK];
  private final float[] rowLow = new float[CHUNK];
  private final float[] columnHigh = new float[CHUNK];
  private final float[] columnLow = new float[CHUNK];
  private final float[] logDecays = new float[CHUNK];
  private final float[] erase = new float[CHUNK];
  private final float[] write = new float[CHUNK];
  private final float[] factors = new float[KEEP + LANES];
  private boolean decays;
  private boolean carried;
  private int from;
  private int length;

  /** Computes the factors of a chunk from the gates. */
  void load(DeltaCall call, int head, int chunk) {
    from = chunk * CHUNK;
    length = Math.min(CHUNK, call.time - from);
    long at = call.at(head, from);
    int heads = call.shape.heads();
    gather(call.erase, at, heads, erase);
    gather(call.write, at, heads, write);
    gather(call.logDecay, at, heads, logDecays);
    decays = call.logDecay != null;
    findStarts(call, head);
    sum();
    fill();
  }

  private void gather(@Nullable Tensor gate, long at, int heads, float[] to) {
    if (gate == null) {
      Arrays.fill(to, 0, length, 0);
    } else {
      TileCopy.gather(gate, at, heads, to, length);
    }
  }

  private void findStarts(DeltaCall call, int head) {
    int start = 0;
    carried = true;
    for (int j = 0; j < length; j++) {
      resets[j] = call.resetsBefore(head, from + j);
      if (resets[j]) {
        start = j;
        carried = false;
      }
      starts[j] = start;
    }
  }

  /** sums[j] is b_{j-1}. */
  private void sum() {
    double sum = 0;
    for (int j = 0; j < length; j++) {
      rowHigh[j] = (float) sum;
      rowLow[j] = (float) (sum - rowHigh[j]);
      sum += Math.max(logDecays[j], DeltaCall.SMALLEST_LOG_DECAY);
      sums[j + 1] = sum;
      columnHigh[j] = (float) sum;
      columnLow[j] = (float) (sum - columnHigh[j]);
    }
  }

  private void fill() {
    double all = sums[length];
    int last = starts[length - 1];
    boolean first = true;
    for (int j = 0; j < length; j++) {
      first &= !resets[j];
      factors[READ + j] = first ? (float) sums[j + 1] : Float.NEGATIVE_INFINITY;
      factors[BEFORE + j] = first ? (float) sums[j] : Float.NEGATIVE_INFINITY;
      factors[AFTER + j] = j < last ? Float.NEGATIVE_INFINITY : (float) (all - sums[j + 1]);
      factors[DECAY + j] = (float) Math.max(logDecays[j], DeltaCall.SMALLEST_LOG_DECAY);
    }
    factors[KEEP] = carried ? (float) all : Float.NEGATIVE_INFINITY;
    for (int begin = READ; begin <= KEEP; begin += CHUNK) {
      TileMath.exponentiate(factors, begin, begin + (begin == KEEP ? 1 : length));
    }
  }

  /** {@code weights[j, l] = weight_jl} where {@link TileTriangle#lower} writes; zero from j on. */
  void weights(float[] weights) {
    for (int j = 0; j < length; j++) {
      int line = j * STRIDE;
      int columns = TileTriangle.columns(j, length);
      if (decays) {
        exponents(weights, line, j, columns);
        Arrays.fill(weights, line, line + starts[j], Float.NEGATIVE_INFINITY);
        Arrays.fill(weights, line + j, line + columns, Float.NEGATIVE_INFINITY);
      } else {
        Arrays.fill(weights, line, line + columns, 0);
        Arrays.fill(weights, line + starts[j], line + j, 1);
      }
    }
    for (int j = 0; j < length && decays; j++) {
      int line = j * STRIDE;
      TileMath.exponentiate(weights, line, line + TileTriangle.columns(j, length));
    }
  }

  private void exponents(float[] weights, int line, int j, int columns) {
    FloatVector high = FloatVector.broadcast(SPECIES, rowHigh[j]);
    FloatVector low = FloatVector.broadcast(SPECIES, rowLow[j]);
    for (int l = 0; l < columns; l += LANES) {
      high.sub(FloatVector.fromArray(SPECIES, columnHigh, l))
          .add(low.sub(FloatVector.fromArray(SPECIES, columnLow, l)))
          .intoArray(weights, line + l);
    }
  }

  /** From what {@link #weights} gives to what a token reads, itself included. */
  void include(float[] weights) {
    for (int j = 0; j < length; j++) {
      int line = j * STRIDE;
      if (decays) {
        float decay = factors[DECAY + j];
        TileMath.scale(weights, line, line + TileTriangle.columns(j, length), decay);
      }
      weights[line + j] = 1;
    }
  }

  /** The first token of the chunk, in its sequence. */
  int from() {
    return from;
  }

  /** Tokens of the chunk. */
  int length() {
    return length;
  }

  /** Whether the state is emptied before token {@code j} of the chunk. */
  boolean resetsBefore(int j) {
    return resets[j];
  }

  /** Whether something of the state before the chunk may be left after it. */
  boolean carried() {
    return carried;
  }

  float keep() {
    return factors[KEEP];
  }

  /** Factors of the tokens, at {@link #READ}, {@link #BEFORE} and {@link #AFTER}. */
  float[] factors() {
    return factors;
  }

  float[] erase() {
    return erase;
  }

  float[] write() {
    return write;
  }
}
