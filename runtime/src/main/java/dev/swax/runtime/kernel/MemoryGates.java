package dev.swax.runtime.kernel;

import dev.swax.runtime.tensor.Tensor;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

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
  private static final float[] POSITIONS = positions();

  private final double[] sums = new double[LONGEST];
  private final boolean[] resets = new boolean[LONGEST];
  private final int[] starts = new int[LONGEST];
  private final float[] sumHigh = new float[LONGEST];
  private final float[] rowLow = new float[LONGEST];
  private final float[] columnLow = new float[LONGEST];
  private final float[] reads = new float[LONGEST];
  private final float[] writes = new float[LONGEST];
  private final float[] ones = new float[LONGEST];
  private int from;
  private int length;
  private float keep;

  private static float[] positions() {
    float[] positions = new float[LONGEST];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = i;
    }
    return positions;
  }

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
    Tensor rowMax = Objects.requireNonNull(call.rowMax);
    from = chunk * call.chunkLength();
    length = Math.min(call.chunkLength(), call.time - from);
    double before = from == 0 ? call.initialMax(head) : rowMax.get(call.at(head, from - 1));
    double sum = 0;
    int start = 0;
    boolean carried = true;
    for (int j = 0; j < length; j++) {
      long at = call.at(head, from + j);
      resets[j] = call.resetsBefore(head, from + j);
      if (resets[j]) {
        start = j;
        carried = false;
      }
      sum += ScalarMemory.forget(call.logForget, at);
      float max = rowMax.get(at);
      sums[j] = sum;
      starts[j] = start;
      sumHigh[j] = (float) sum;
      double low = sum - sumHigh[j];
      rowLow[j] = (float) (low - max);
      columnLow[j] = (float) (ScalarMemory.gate(call.logInput, at) - low);
      reads[j] = carried ? (float) (sum + before - max) : Float.NEGATIVE_INFINITY;
      ones[j] = -max;
    }
    float after = rowMax.get(call.at(head, from + length - 1));
    for (int l = 0; l < length; l++) {
      double gate = ScalarMemory.gate(call.logInput, call.at(head, from + l));
      writes[l] = l < start ? Float.NEGATIVE_INFINITY : (float) (sum - sums[l] + gate - after);
    }
    exponentiate(reads);
    exponentiate(writes);
    exponentiate(ones);
    keep = carried ? VectorMath.exp((float) (sum + before - after)) : 0;
  }

  private void exponentiate(float[] x) {
    for (int i = 0; i < length; i += LANES) {
      VectorMath.exp(FloatVector.fromArray(SPECIES, x, i)).intoArray(x, i);
    }
  }

  /** {@code tile[l] *= weight_jl} for l up to {@code to}, zero after j; gives the sum. */
  float weigh(float[] tile, int line, int j, int to) {
    FloatVector total = FloatVector.zero(SPECIES);
    for (int l = 0; l < to; l += LANES) {
      FloatVector weighed = FloatVector.fromArray(SPECIES, tile, line + l).mul(weight(j, l));
      weighed = FloatVector.zero(SPECIES).blend(weighed, read(j, l));
      weighed.intoArray(tile, line + l);
      total = total.add(weighed);
    }
    return VectorMath.sum(total);
  }

  /** As {@link #weigh}, and {@code slopes[l] = (slopes[l] + added) * weight_jl}. */
  void weighBoth(float[] tile, float[] slopes, int line, int j, int to, float added) {
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int l = 0; l < to; l += LANES) {
      FloatVector weight = weight(j, l);
      VectorMask<Float> read = read(j, l);
      FloatVector weighed = FloatVector.fromArray(SPECIES, tile, line + l).mul(weight);
      zero.blend(weighed, read).intoArray(tile, line + l);
      FloatVector slope = FloatVector.fromArray(SPECIES, slopes, line + l).add(added).mul(weight);
      zero.blend(slope, read).intoArray(slopes, line + l);
    }
  }

  private FloatVector weight(int j, int l) {
    return VectorMath.exp(
        FloatVector.broadcast(SPECIES, sumHigh[j])
            .sub(FloatVector.fromArray(SPECIES, sumHigh, l))
            .add(FloatVector.fromArray(SPECIES, columnLow, l).add(rowLow[j])));
  }

  private VectorMask<Float> read(int j, int l) {
    FloatVector position = FloatVector.fromArray(SPECIES, POSITIONS, l);
    return position
        .compare(VectorOperators.GE, (float) starts[j])
        .and(position.compare(VectorOperators.LE, (float) j));
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

  /** read_j of each token. */
  float[] reads() {
    return reads;
  }

  /** write_l of each token. */
  float[] writes() {
    return writes;
  }

  /** e^-m_j of each token. */
  float[] ones() {
    return ones;
  }
}
