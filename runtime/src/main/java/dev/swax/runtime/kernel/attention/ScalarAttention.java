package dev.swax.runtime.kernel.attention;

import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;

/**
 * The meaning of {@link dev.swax.runtime.kernel.Kernels#attention}: plain loops in double. With
 * {@code s_tj = q_t . k_j / sqrt(headWidth)} over the keys j that t sees, {@code p_tj = exp(s_tj -
 * logsumexp_t)}:
 *
 * <pre>
 * y_t  = sum_j p_tj v_j
 * dv_j = sum_t p_tj dy_t
 * ds_tj = p_tj (dy_t . v_j - sum_i p_ti (dy_t . v_i))
 * dq_t = sum_j ds_tj k_j / sqrt(headWidth);   dk_j = sum_t ds_tj q_t / sqrt(headWidth)
 * </pre>
 */
public final class ScalarAttention {
  private double[] probabilities = new double[0];
  private double[] slopes = new double[0];
  private double[] sums = new double[0];
  private double[] dKeys = new double[0];
  private double[] dValues = new double[0];

  /** See {@link dev.swax.runtime.kernel.Kernels#attention}. */
  public void forward(AttentionCall call) {
    AttentionBand band = call.band();
    int width = call.shape().headWidth();
    grow(band.keys(), call.shape());
    for (int b = 0; b < band.batch(); b++) {
      for (int t = 0; t < band.time(); t++) {
        int last = band.past() + t;
        int first = band.firstKey(b, t);
        for (int h = 0; h < call.shape().heads(); h++) {
          call.logSumExp().set(call.sum(b, t, h), (float) softmax(call, b, t, h, first, last));
          for (int c = 0; c < width; c++) {
            double total = 0;
            for (int j = first; j <= last; j++) {
              total += probabilities[j] * call.v().get(key(call, b, j, h) + c);
            }
            call.y().set(call.query(b, t, h) + c, (float) total);
          }
        }
      }
    }
  }

  /**
   * See {@link dev.swax.runtime.kernel.Kernels#attentionGradient}; the softmax is computed anew, in
   * double.
   */
  public void gradient(AttentionGradientCall call) {
    AttentionCall forward = call.forward();
    AttentionBand band = forward.band();
    grow(band.keys(), forward.shape());
    int keys = band.time() * forward.shape().keyHeads() * forward.shape().headWidth();
    for (int b = 0; b < band.batch(); b++) {
      Arrays.fill(dKeys, 0, keys, 0);
      Arrays.fill(dValues, 0, keys, 0);
      for (int t = 0; t < band.time(); t++) {
        for (int h = 0; h < forward.shape().heads(); h++) {
          gradientOfQuery(call, b, t, h);
        }
      }
      long from = forward.key(b, 0, 0);
      for (int i = 0; i < keys; i++) {
        call.dk().set(from + i, (float) dKeys[i]);
        call.dv().set(from + i, (float) dValues[i]);
      }
    }
  }

  private void gradientOfQuery(AttentionGradientCall call, int b, int t, int h) {
    AttentionCall forward = call.forward();
    int width = forward.shape().headWidth();
    double scale = 1 / Math.sqrt(width);
    long query = forward.query(b, t, h);
    int first = forward.band().firstKey(b, t);
    softmax(forward, b, t, h, first, t);
    double mean = 0;
    for (int j = first; j <= t; j++) {
      slopes[j] = dot(call.dy(), query, forward.v(), key(forward, b, j, h), width);
      mean += probabilities[j] * slopes[j];
    }
    Arrays.fill(sums, 0, width, 0);
    for (int j = first; j <= t; j++) {
      double slope = scale * probabilities[j] * (slopes[j] - mean);
      long at = key(forward, b, j, h);
      int local = (int) key(forward, 0, j, h);
      for (int c = 0; c < width; c++) {
        sums[c] += slope * forward.k().get(at + c);
        dKeys[local + c] += slope * forward.q().get(query + c);
        dValues[local + c] += probabilities[j] * call.dy().get(query + c);
      }
    }
    for (int c = 0; c < width; c++) {
      call.dq().set(query + c, (float) sums[c]);
    }
  }

  /** Fills {@code probabilities[first .. last]} and gives the logarithm of the sum. */
  private double softmax(AttentionCall call, int b, int t, int h, int first, int last) {
    int width = call.shape().headWidth();
    double scale = 1 / Math.sqrt(width);
    long query = call.query(b, t, h);
    double max = Double.NEGATIVE_INFINITY;
    for (int j = first; j <= last; j++) {
      double score = scale * dot(call.q(), query, call.k(), key(call, b, j, h), width);
      probabilities[j] = score;
      max = Math.max(max, score);
    }
    double sum = 0;
    for (int j = first; j <= last; j++) {
      probabilities[j] = Math.exp(probabilities[j] - max);
      sum += probabilities[j];
    }
    for (int j = first; j <= last; j++) {
      probabilities[j] /= sum;
    }
    return max + Math.log(sum);
  }

  private static double dot(Tensor a, long from, Tensor b, long other, int width) {
    double sum = 0;
    for (int c = 0; c < width; c++) {
      sum += (double) a.get(from + c) * b.get(other + c);
    }
    return sum;
  }

  /** Where the key head that query head {@code h} reads starts, of key {@code j}. */
  private static long key(AttentionCall call, int b, int j, int h) {
    int head = (int) ((long) h * call.shape().keyHeads() / call.shape().heads());
    return call.key(b, j, head);
  }

  private void grow(int keys, AttentionShape shape) {
    if (probabilities.length < keys) {
      probabilities = new double[keys];
      slopes = new double[keys];
    }
    if (sums.length < shape.headWidth()) {
      sums = new double[shape.headWidth()];
    }
    int size = keys * shape.keyHeads() * shape.headWidth();
    if (dKeys.length < size) {
      dKeys = new double[size];
      dValues = new double[size];
    }
  }

  /** Bytes held between calls. */
  public long workspaceBytes() {
    return 8L
        * (probabilities.length + slopes.length + sums.length + dKeys.length + dValues.length);
  }
}
