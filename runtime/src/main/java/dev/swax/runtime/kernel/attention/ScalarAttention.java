package dev.swax.runtime.kernel.attention;

import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
  public void forward(
      Tensor q,
      Tensor k,
      Tensor v,
      Tensor y,
      Tensor logSumExp,
      AttentionShape shape,
      int batch,
      int time,
      int past,
      int window,
      int @Nullable [] firstKeys) {
    grow(past + time, shape);
    int width = shape.headWidth();
    for (int row = 0; row < batch * time; row++) {
      int last = past + row % time;
      int first = firstKey(firstKeys, row, last, window);
      long keyRow = (long) (row / time) * (past + time);
      for (int h = 0; h < shape.heads(); h++) {
        long query = ((long) row * shape.heads() + h) * width;
        double sum = softmax(q, query, k, keyRow, shape, h, first, last);
        logSumExp.set((long) row * shape.heads() + h, (float) sum);
        for (int c = 0; c < width; c++) {
          double total = 0;
          for (int j = first; j <= last; j++) {
            total += probabilities[j] * v.get(key(shape, keyRow + j, h) + c);
          }
          y.set(query + c, (float) total);
        }
      }
    }
  }

  /**
   * See {@link dev.swax.runtime.kernel.Kernels#attentionGradient}; the softmax is computed anew, in
   * double.
   */
  public void gradient(
      Tensor q,
      Tensor k,
      Tensor v,
      Tensor dy,
      Tensor dq,
      Tensor dk,
      Tensor dv,
      AttentionShape shape,
      int batch,
      int time,
      int window,
      int @Nullable [] firstKeys) {
    grow(time, shape);
    int keyColumns = shape.keyHeads() * shape.headWidth();
    for (int b = 0; b < batch; b++) {
      Arrays.fill(dKeys, 0, time * keyColumns, 0);
      Arrays.fill(dValues, 0, time * keyColumns, 0);
      for (int t = 0; t < time; t++) {
        int row = b * time + t;
        int first = firstKey(firstKeys, row, t, window);
        for (int h = 0; h < shape.heads(); h++) {
          gradientOfQuery(q, k, v, dy, dq, shape, row, (long) b * time, h, first, t);
        }
      }
      for (int i = 0; i < time * keyColumns; i++) {
        dk.set((long) b * time * keyColumns + i, (float) dKeys[i]);
        dv.set((long) b * time * keyColumns + i, (float) dValues[i]);
      }
    }
  }

  private void gradientOfQuery(
      Tensor q,
      Tensor k,
      Tensor v,
      Tensor dy,
      Tensor dq,
      AttentionShape shape,
      int row,
      long keyRow,
      int h,
      int first,
      int last) {
    int width = shape.headWidth();
    double scale = 1 / Math.sqrt(width);
    long query = ((long) row * shape.heads() + h) * width;
    softmax(q, query, k, keyRow, shape, h, first, last);
    double mean = 0;
    for (int j = first; j <= last; j++) {
      slopes[j] = dot(dy, query, v, key(shape, keyRow + j, h), width);
      mean += probabilities[j] * slopes[j];
    }
    Arrays.fill(sums, 0, width, 0);
    for (int j = first; j <= last; j++) {
      double slope = scale * probabilities[j] * (slopes[j] - mean);
      long at = key(shape, keyRow + j, h);
      int local = (int) (key(shape, j, h));
      for (int c = 0; c < width; c++) {
        sums[c] += slope * k.get(at + c);
        dKeys[local + c] += slope * q.get(query + c);
        dValues[local + c] += probabilities[j] * dy.get(query + c);
      }
    }
    for (int c = 0; c < width; c++) {
      dq.set(query + c, (float) sums[c]);
    }
  }

  /** Fills {@code probabilities[first .. last]} and gives the logarithm of the sum. */
  private double softmax(
      Tensor q,
      long query,
      Tensor k,
      long keyRow,
      AttentionShape shape,
      int h,
      int first,
      int last) {
    double scale = 1 / Math.sqrt(shape.headWidth());
    double max = Double.NEGATIVE_INFINITY;
    for (int j = first; j <= last; j++) {
      double score = scale * dot(q, query, k, key(shape, keyRow + j, h), shape.headWidth());
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

  /** Where the key head that query head {@code h} reads starts in a row of keys. */
  private static long key(AttentionShape shape, long row, int h) {
    long head = (long) h * shape.keyHeads() / shape.heads();
    return (row * shape.keyHeads() + head) * shape.headWidth();
  }

  private static int firstKey(int @Nullable [] firstKeys, int row, int last, int window) {
    int first = firstKeys == null ? 0 : firstKeys[row];
    return Math.max(first, Math.max(0, last - window + 1));
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
