package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What the tokens of a chunk read of each other, as matrices [CHUNK, CHUNK]. With {@code weight_jl
 * = e^(decays from l + 1 to j + input_l)} for l <= j, otherwise 0, and the divisor d_j:
 *
 * <pre>
 * forward:  A_jl = weight_jl scale (q_j . k_l) / d_j
 * backward: A_jl;  R_jl = weight_jl scale (dy_j . v_l + ds_j) / d_j;  X_jl = A_jl (dy_j . v_l + ds_j)
 * </pre>
 *
 * <p>where {@code ds_j} is the gradient of the sum s_j times d_j. A group is a chunk of a head, a
 * thread a token j. Rows and columns past the end of a sequence are zero.
 */
final class MemoryScoreKernels {
  private static final int CHUNK = MemoryLayout.CHUNK;
  private static final int COLUMNS = MemoryLayout.COLUMNS;
  private static final int LINE = MemoryLayout.LINE;

  /** Keeps a sum of zero from dividing. */
  private static final float EPSILON = 1e-6f;

  private MemoryScoreKernels() {}

  /** Writes the divisor, inverses, factors and matrix 0; needs the states. */
  static void forward(
      KernelContext context,
      FloatArray q,
      int qAt,
      FloatArray k,
      int kAt,
      FloatArray divisor,
      int divisorAt,
      FloatArray rowMax,
      int rowMaxAt,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth,
      float scale,
      int normalizer) {
    float[] queries = context.allocateFloatLocalArray(CHUNK * LINE);
    float[] keys = context.allocateFloatLocalArray(CHUNK * COLUMNS);
    float[] decays = context.allocateFloatLocalArray(CHUNK);
    float[] inputs = context.allocateFloatLocalArray(CHUNK);
    float[] scores = new float[CHUNK];
    int thread = context.localIdx;
    int groups = context.globalGroupSizeX / CHUNK;
    int chunks = MemoryLayout.chunks(time);
    int size = MemoryLayout.stateSize(keyWidth, valueWidth);
    int states = workAt + MemoryLayout.states(rows, time, heads, keyWidth);
    int matrices = workAt + MemoryLayout.matrix(0, rows, time, heads, keyWidth, valueWidth);
    int items = MemoryLayout.sequences(rows, time) * heads * chunks;
    for (int item = context.groupIdx; item < items; item += groups) {
      int head = item / chunks % heads;
      int from = item % chunks * CHUNK;
      int firstRow = item / chunks / heads * time + from;
      int last = TornadoMath.min(CHUNK, time - from) - 1;
      int at = (firstRow + TornadoMath.min(thread, last)) * heads + head;
      decays[thread] = work.get(workAt + at);
      inputs[thread] = work.get(workAt + MemoryLayout.inputs(rows, heads) + at);
      for (int l = 0; l < CHUNK; l++) {
        scores[l] = 0f;
      }
      int normal = states + (item / chunks * (chunks + 1) + item % chunks) * size + valueWidth;
      float sum = 0f;
      for (int x0 = 0; x0 < keyWidth; x0 += COLUMNS) {
        int width = TornadoMath.min(COLUMNS, keyWidth - x0);
        for (int e = thread; e < CHUNK * COLUMNS; e += CHUNK) {
          int row = firstRow + TornadoMath.min(e / COLUMNS, last);
          int x = TornadoMath.min(e % COLUMNS, width - 1);
          int from0 = (row * heads + head) * keyWidth + x0 + x;
          queries[e / COLUMNS * LINE + e % COLUMNS] = q.get(qAt + from0);
          keys[e] = k.get(kAt + from0);
        }
        context.localBarrier();
        for (int x = 0; x < width; x++) {
          float query = queries[thread * LINE + x];
          sum += query * work.get(normal + (x0 + x) * (valueWidth + 1));
          for (int l = 0; l < CHUNK; l++) {
            scores[l] += query * keys[l * COLUMNS + x];
          }
        }
        context.localBarrier();
      }
      float read = scale * work.get(workAt + MemoryLayout.reads(rows, heads) + at);
      sum *= read;
      float decay = 0f;
      for (int l = CHUNK - 1; l >= 0; l--) {
        if (l <= thread && thread <= last) {
          scores[l] *= scale * TornadoMath.exp(decay + inputs[l]);
          decay += decays[l];
        } else {
          scores[l] = 0f;
        }
        sum += scores[l];
      }
      float one = TornadoMath.exp(-rowMax.get(rowMaxAt + at));
      float kept = divisor(normalizer, sum, one);
      float inverse = 1f / (normalizer == MemoryKernels.SUM ? kept : TornadoMath.abs(kept));
      if (thread <= last) {
        divisor.set(divisorAt + at, kept);
        work.set(workAt + MemoryLayout.factors(rows, heads) + at, read * inverse);
      }
      for (int l = 0; l < CHUNK; l++) {
        work.set(matrices + (item * CHUNK + thread) * CHUNK + l, inverse * scores[l]);
      }
      context.localBarrier();
    }
  }

  /** Writes the three matrices; needs the inverses and sums of {@link #readout}. */
  static void backward(
      KernelContext context,
      FloatArray q,
      int qAt,
      FloatArray k,
      int kAt,
      FloatArray v,
      int vAt,
      FloatArray dy,
      int dyAt,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth,
      float scale) {
    float[] left = context.allocateFloatLocalArray(CHUNK * LINE);
    float[] right = context.allocateFloatLocalArray(CHUNK * COLUMNS);
    float[] decays = context.allocateFloatLocalArray(CHUNK);
    float[] inputs = context.allocateFloatLocalArray(CHUNK);
    float[] scores = new float[CHUNK];
    float[] slopes = new float[CHUNK];
    int thread = context.localIdx;
    int groups = context.globalGroupSizeX / CHUNK;
    int chunks = MemoryLayout.chunks(time);
    int weights = workAt + MemoryLayout.matrix(0, rows, time, heads, keyWidth, valueWidth);
    int scoreSlopes = workAt + MemoryLayout.matrix(1, rows, time, heads, keyWidth, valueWidth);
    int products = workAt + MemoryLayout.matrix(2, rows, time, heads, keyWidth, valueWidth);
    int items = MemoryLayout.sequences(rows, time) * heads * chunks;
    for (int item = context.groupIdx; item < items; item += groups) {
      int head = item / chunks % heads;
      int from = item % chunks * CHUNK;
      int firstRow = item / chunks / heads * time + from;
      int last = TornadoMath.min(CHUNK, time - from) - 1;
      int at = (firstRow + TornadoMath.min(thread, last)) * heads + head;
      decays[thread] = work.get(workAt + at);
      inputs[thread] = work.get(workAt + MemoryLayout.inputs(rows, heads) + at);
      float sumSlope = work.get(workAt + MemoryLayout.sums(rows, heads) + at);
      for (int l = 0; l < CHUNK; l++) {
        scores[l] = 0f;
        slopes[l] = sumSlope;
      }
      for (int x0 = 0; x0 < keyWidth; x0 += COLUMNS) {
        int width = TornadoMath.min(COLUMNS, keyWidth - x0);
        for (int e = thread; e < CHUNK * COLUMNS; e += CHUNK) {
          int row = firstRow + TornadoMath.min(e / COLUMNS, last);
          int x = TornadoMath.min(e % COLUMNS, width - 1);
          int from0 = (row * heads + head) * keyWidth + x0 + x;
          left[e / COLUMNS * LINE + e % COLUMNS] = q.get(qAt + from0);
          right[e] = k.get(kAt + from0);
        }
        context.localBarrier();
        for (int x = 0; x < width; x++) {
          float query = left[thread * LINE + x];
          for (int l = 0; l < CHUNK; l++) {
            scores[l] += query * right[l * COLUMNS + x];
          }
        }
        context.localBarrier();
      }
      for (int x0 = 0; x0 < valueWidth; x0 += COLUMNS) {
        int width = TornadoMath.min(COLUMNS, valueWidth - x0);
        for (int e = thread; e < CHUNK * COLUMNS; e += CHUNK) {
          int row = firstRow + TornadoMath.min(e / COLUMNS, last);
          int x = TornadoMath.min(e % COLUMNS, width - 1);
          int from0 = (row * heads + head) * valueWidth + x0 + x;
          left[e / COLUMNS * LINE + e % COLUMNS] = dy.get(dyAt + from0);
          right[e] = v.get(vAt + from0);
        }
        context.localBarrier();
        for (int x = 0; x < width; x++) {
          float slope = left[thread * LINE + x];
          for (int l = 0; l < CHUNK; l++) {
            slopes[l] += slope * right[l * COLUMNS + x];
          }
        }
        context.localBarrier();
      }
      float factor = scale * work.get(workAt + MemoryLayout.inverses(rows, heads) + at);
      float decay = 0f;
      for (int l = CHUNK - 1; l >= 0; l--) {
        float weight = 0f;
        if (l <= thread && thread <= last) {
          weight = factor * TornadoMath.exp(decay + inputs[l]);
          decay += decays[l];
        }
        int to = (item * CHUNK + thread) * CHUNK + l;
        work.set(weights + to, weight * scores[l]);
        work.set(scoreSlopes + to, weight * slopes[l]);
        work.set(products + to, weight * scores[l] * slopes[l]);
      }
      context.localBarrier();
    }
  }

  /**
   * Writes inverses, factors and sums, {@code ds_j d_j = -(dy_j . y_j)} where the sum s_j divides,
   * with its sign; otherwise 0. A thread is a token of a head.
   */
  static void readout(
      KernelContext context,
      FloatArray y,
      int yAt,
      FloatArray dy,
      int dyAt,
      FloatArray divisor,
      int divisorAt,
      FloatArray rowMax,
      int rowMaxAt,
      FloatArray work,
      int workAt,
      int rows,
      int heads,
      int valueWidth,
      float scale,
      int normalizer) {
    for (int at = context.globalIdx; at < rows * heads; at += context.globalGroupSizeX) {
      float along = 0f;
      for (int c = 0; c < valueWidth; c++) {
        along += dy.get(dyAt + at * valueWidth + c) * y.get(yAt + at * valueWidth + c);
      }
      float kept = divisor.get(divisorAt + at);
      float one = TornadoMath.exp(-rowMax.get(rowMaxAt + at));
      float inverse = 1f / (normalizer == MemoryKernels.SUM ? kept : TornadoMath.abs(kept));
      float read = work.get(workAt + MemoryLayout.reads(rows, heads) + at);
      work.set(workAt + MemoryLayout.inverses(rows, heads) + at, inverse);
      work.set(workAt + MemoryLayout.factors(rows, heads) + at, scale * read * inverse);
      work.set(
          workAt + MemoryLayout.sums(rows, heads) + at, -along * sumSign(normalizer, kept, one));
    }
  }

  /** The divisor, for MAX_ABS_ONE with the sign of {@code sum}; {@code one} is e^-m. */
  private static float divisor(int normalizer, float sum, float one) {
    float sign = sum < 0f ? -1f : 1f;
    float kept = one;
    if (normalizer == MemoryKernels.SUM) {
      kept = sum + sign * EPSILON;
    }
    if (normalizer == MemoryKernels.MAX_ABS_ONE) {
      kept = sign * (TornadoMath.max(TornadoMath.abs(sum), one) + EPSILON);
    }
    return kept;
  }

  /** What the gradient of the divisor in the sum is, relative to what divides: -1, 0 or 1. */
  private static float sumSign(int normalizer, float kept, float one) {
    float sign = 0f;
    if (normalizer == MemoryKernels.SUM) {
      sign = 1f;
    }
    if (normalizer == MemoryKernels.MAX_ABS_ONE && TornadoMath.abs(kept) > one + EPSILON) {
      sign = kept < 0f ? -1f : 1f;
    }
    return sign;
  }
}
