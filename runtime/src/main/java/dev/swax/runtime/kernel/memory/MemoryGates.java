package dev.swax.runtime.kernel.memory;

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
 * The decays of one chunk. With {@code b_j} the sum of log f up to j inside the chunk, g the whole
 * sum, m the maximum before the chunk and m' the one after it:
 *
 * <pre>
 * weight_jl = e^(b_j - b_l + log i_l - m_j)    l <= j: what token j reads of token l
 * read_j    = e^(b_j + m - m_j)                what it reads of the state before the chunk
 * write_l   = e^(g - b_l + log i_l - m')       what token l adds to the state after the chunk
 * keep      = e^(g + m - m')                   what that has of the state before
 * </pre>
 *
 * <p>All are exactly zero where a reset lies between. Sums are taken in double and kept as two fp32
 * values each, so that a difference of two is as exact as fp32 can say, however long the sums are.
 */
final class MemoryGates {
  private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;
  private static final int LANES = TileProduct.LANES;
  private static final int LONGEST = MemoryCall.LONGEST_CHUNK;

  /** Where read_j of each token begins in {@link #factors}. */
  static final int READ = 0;

  /** Where write_l of each token begins. */
  static final int WRITE = LONGEST;

  /** Where e^-m_j of each token begins. */
  static final int ONE = 2 * LONGEST;

  private static final int KEEP = 3 * LONGEST;

  private final double[] sums = new double[LONGEST];
  private final boolean[] resets = new boolean[LONGEST];
  private final int[] starts = new int[LONGEST];
  private final float[] sumHigh = new float[LONGEST];
  private final float[] rowLow = new float[LONGEST];
  private final float[] columnLow = new float[LONGEST];
  private final float[] maxima = new float[LONGEST];
  private final float[] inputs = new float[LONGEST];
  private final float[] forgets = new float[LONGEST];
  private final float[] factors = new float[KEEP + TileProduct.LANES];
  private boolean carried;
  private int from;
  private int length;
  private float keep;

  /** The maximum m of every token, as the recurrence has it; gives the last. */
  static float maxima(MemoryCall call, int head, Tensor rowMax) {
    double max = call.initialMax(head);
    for (int t = 0; t < call.time; t++) {
      long at = call.at(head, t);
      double before = call.resetsBefore(head, t) ? 0 : max;
      max = ScalarMemory.nextMax(call.logInput, call.logForget, at, before);
      rowMax.set(at, (float) max);
    }
    return (float) max;
  }

  /** Computes the decays of a chunk from the gates and the maxima. */
  void load(MemoryCall call, int head, int chunk) {
    from = chunk * call.chunkLength();
    length = Math.min(call.chunkLength(), call.time - from);
    Tensor rowMax = call.rowMax;
    double before = from == 0 ? call.initialMax(head) : rowMax.get(call.at(head, from - 1));
    gather(call, head, rowMax, maxima);
    gather(call, head, call.logInput, inputs);
    gather(call, head, call.logForget, forgets);
    findStarts(call, head);
    sum();
    factors(before);
    for (int begin = READ; begin <= KEEP; begin += LONGEST) {
      TileMath.exponentiate(factors, begin, begin + (begin == KEEP ? 1 : length));
    }
    keep = carried ? factors[KEEP] : 0;
  }

  private void gather(MemoryCall call, int head, @Nullable Tensor gate, float[] to) {
    if (gate == null) {
      Arrays.fill(to, 0, length, 0);
    } else {
      TileCopy.gather(gate, call.at(head, from), call.shape.heads(), to, length);
    }
  }

  private void findStarts(MemoryCall call, int head) {
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

  private void sum() {
    double sum = 0;
    for (int j = 0; j < length; j++) {
      sum += Math.max(forgets[j], ScalarMemory.SMALLEST_FORGET);
      sums[j] = sum;
      sumHigh[j] = (float) sum;
      double low = sum - sumHigh[j];
      rowLow[j] = (float) (low - maxima[j]);
      columnLow[j] = (float) (inputs[j] - low);
    }
  }

  /** The logarithms of the factors. */
  private void factors(double before) {
    double all = sums[length - 1];
    float after = maxima[length - 1];
    int last = starts[length - 1];
    boolean first = true;
    for (int j = 0; j < length; j++) {
      first &= !resets[j];
      factors[READ + j] = first ? (float) (sums[j] + before - maxima[j]) : Float.NEGATIVE_INFINITY;
      factors[WRITE + j] =
          j < last ? Float.NEGATIVE_INFINITY : (float) (all - sums[j] + inputs[j] - after);
      factors[ONE + j] = -maxima[j];
    }
    factors[KEEP] = (float) (all + before - after);
  }

  /** {@code weights[j, l] = weight_jl} where {@link MemoryTiles#lower} writes; zero after j. */
  void weights(float[] weights) {
    for (int j = 0; j < length; j++) {
      exponents(weights, j * MemoryTiles.STRIDE, j, TileTriangle.columns(j, length));
    }
    for (int j = 0; j < length; j++) {
      int line = j * MemoryTiles.STRIDE;
      TileMath.exponentiate(weights, line, line + TileTriangle.columns(j, length));
    }
  }

  private void exponents(float[] weights, int line, int j, int columns) {
    FloatVector row = FloatVector.broadcast(SPECIES, sumHigh[j]);
    FloatVector low = FloatVector.broadcast(SPECIES, rowLow[j]);
    for (int l = 0; l < columns; l += LANES) {
      row.sub(FloatVector.fromArray(SPECIES, sumHigh, l))
          .add(FloatVector.fromArray(SPECIES, columnLow, l).add(low))
          .intoArray(weights, line + l);
    }
    Arrays.fill(weights, line, line + starts[j], Float.NEGATIVE_INFINITY);
    Arrays.fill(weights, line + j + 1, line + columns, Float.NEGATIVE_INFINITY);
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

  float keep() {
    return keep;
  }

  /** Factors of the tokens, at {@link #READ}, {@link #WRITE} and {@link #ONE}. */
  float[] factors() {
    return factors;
  }
}
