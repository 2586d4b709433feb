package dev.swax.runtime.kernel.attention;

import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;

/**
 * The meaning of {@link dev.swax.runtime.kernel.Kernels#attention}: plain loops in double. With
 * {@code s_tj = scale q_t . k_j}, or {@code cap tanh(scale q_t . k_j / cap)}, over the keys j that
 * t sees, {@code p_tj = exp(s_tj - logsumexp_t)}, the sink being one more score of every t:
 *
 * <pre>
 * y_t  = sum_j p_tj v_j
 * dv_j = sum_t p_tj dy_t
 * ds_tj = p_tj (dy_t . v_j - dy_t . y_t);   dsink = sum_t -p_t,sink dy_t . y_t
 * du_tj = scale (1 - (s_tj / cap)²) ds_tj
 * dq_t = sum_j du_tj k_j;   dk_j = sum_t du_tj q_t
 * </pre>
 */
public final class ScalarAttention {
  private double[] scores = new double[0];
  private double[] probabilities = new double[0];
  private double[] slopes = new double[0];
  private double[] sums = new double[0];
  private double[] dKeys = new double[0];
  private double[] dValues = new double[0];
  private double[] dSinks = new double[0];

  /** See {@link dev.swax.runtime.kernel.Kernels#attention}. */
  public void forward(AttentionCall call) {
    AttentionBand band = call.band();
    grow(band.keys(), call.shape());
    for (int b = 0; b < band.batch(); b++) {
      for (int t = 0; t < band.time(); t++) {
        int last = band.past() + t;
        int first = call.firstKey(b, t);
        for (int h = 0; h < call.shape().heads(); h++) {
          call.logSumExp().set(call.sum(b, t, h), (float) softmax(call, b, t, h, first, last));
          for (int c = 0; c < call.shape().valueWidth(); c++) {
            double total = 0;
            for (int j = call.begin(first); j <= last; j = call.after(j, first)) {
              total += probabilities[j] * call.v().get(call.value(b, j, keyHead(call, h)) + c);
            }
            call.y().set(call.output(b, t, h) + c, (float) total);
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
    AttentionShape shape = forward.shape();
    grow(band.keys(), shape);
    int keys = band.time() * shape.keyHeads() * shape.headWidth();
    int values = band.time() * shape.keyHeads() * shape.valueWidth();
    Arrays.fill(dSinks, 0, shape.heads(), 0);
    for (int b = 0; b < band.batch(); b++) {
      Arrays.fill(dKeys, 0, keys, 0);
      Arrays.fill(dValues, 0, values, 0);
      for (int t = 0; t < band.time(); t++) {
        for (int h = 0; h < shape.heads(); h++) {
          gradientOfQuery(call, b, t, h);
        }
      }
      copy(dKeys, keys, call.dk(), forward.key(b, 0, 0));
      copy(dValues, values, call.dv(), forward.value(b, 0, 0));
    }
    Tensor sinks = call.dSinks();
    for (int h = 0; h < shape.heads() && sinks != null; h++) {
      sinks.set(h, (float) (sinks.get(h) + dSinks[h]));
    }
  }

  private static void copy(double[] values, int length, Tensor to, long from) {
    for (int i = 0; i < length; i++) {
      to.set(from + i, (float) values[i]);
    }
  }

  private void gradientOfQuery(AttentionGradientCall call, int b, int t, int h) {
    AttentionCall forward = call.forward();
    AttentionShape shape = forward.shape();
    int head = keyHead(forward, h);
    long query = forward.query(b, t, h);
    long output = forward.output(b, t, h);
    int first = forward.firstKey(b, t);
    double total = softmax(forward, b, t, h, first, t);
    double mean = 0;
    for (int j = forward.begin(first); j <= t; j = forward.after(j, first)) {
      slopes[j] =
          dot(call.dy(), output, forward.v(), forward.value(b, j, head), shape.valueWidth());
      mean += probabilities[j] * slopes[j];
    }
    Tensor sinks = forward.sinks();
    if (sinks != null) {
      dSinks[h] -= Math.exp(sinks.get(h) - total) * mean;
    }
    Arrays.fill(sums, 0, shape.headWidth(), 0);
    for (int j = forward.begin(first); j <= t; j = forward.after(j, first)) {
      double slope = shape.scale() * probabilities[j] * (slopes[j] - mean) * capSlope(shape, j);
      long at = forward.key(b, j, head);
      int key = (int) forward.key(0, j, head);
      for (int c = 0; c < shape.headWidth(); c++) {
        sums[c] += slope * forward.k().get(at + c);
        dKeys[key + c] += slope * forward.q().get(query + c);
      }
      int value = (int) forward.value(0, j, head);
      for (int c = 0; c < shape.valueWidth(); c++) {
        dValues[value + c] += probabilities[j] * call.dy().get(output + c);
      }
    }
    for (int c = 0; c < shape.headWidth(); c++) {
      call.dq().set(query + c, (float) sums[c]);
    }
  }

  /** The slope of the cap at the score of a key. */
  private double capSlope(AttentionShape shape, int key) {
    double part = shape.cap() == 0 ? 0 : scores[key] / shape.cap();
    return 1 - part * part;
  }

  /** Fills scores and probabilities of what is seen; gives the logarithm of the sum. */
  private double softmax(AttentionCall call, int b, int t, int h, int first, int last) {
    AttentionShape shape = call.shape();
    long query = call.query(b, t, h);
    Tensor sinks = call.sinks();
    double max = sinks == null ? Double.NEGATIVE_INFINITY : sinks.get(h);
    for (int j = call.begin(first); j <= last; j = call.after(j, first)) {
      long key = call.key(b, j, keyHead(call, h));
      double score = shape.scale() * dot(call.q(), query, call.k(), key, shape.headWidth());
      scores[j] = shape.cap() == 0 ? score : shape.cap() * Math.tanh(score / shape.cap());
      max = Math.max(max, scores[j]);
    }
    double sum = sinks == null ? 0 : Math.exp(sinks.get(h) - max);
    for (int j = call.begin(first); j <= last; j = call.after(j, first)) {
      probabilities[j] = Math.exp(scores[j] - max);
      sum += probabilities[j];
    }
    for (int j = call.begin(first); j <= last; j = call.after(j, first)) {
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

  /** The key head that query head {@code h} reads. */
  private static int keyHead(AttentionCall call, int h) {
    return (int) ((long) h * call.shape().keyHeads() / call.shape().heads());
  }

  private void grow(int keys, AttentionShape shape) {
    scores = atLeast(keys, scores);
    probabilities = atLeast(keys, probabilities);
    slopes = atLeast(keys, slopes);
    sums = atLeast(shape.headWidth(), sums);
    dKeys = atLeast(keys * shape.keyHeads() * shape.headWidth(), dKeys);
    dValues = atLeast(keys * shape.keyHeads() * shape.valueWidth(), dValues);
    dSinks = atLeast(shape.heads(), dSinks);
  }

  private static double[] atLeast(int length, double[] array) {
    return array.length < length ? new double[length] : array;
  }

  /** Bytes held between calls. */
  public long workspaceBytes() {
    long numbers = 0;
    for (double[] array :
        new double[][] {scores, probabilities, slopes, sums, dKeys, dValues, dSinks}) {
      numbers += array.length;
    }
    return Double.BYTES * numbers;
  }
}
