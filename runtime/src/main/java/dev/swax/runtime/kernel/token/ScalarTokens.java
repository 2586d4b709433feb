package dev.swax.runtime.kernel.token;

import dev.swax.runtime.tensor.Tensor;

/** What has token numbers at one end: embedding and loss. */
public final class ScalarTokens {

  /**
   * {@code out[t] = table[tokens[t]]}, zeros where the token is below 0. table [vocab, columns],
   * out [rows, columns].
   */
  public void embedding(int[] tokens, Tensor table, Tensor out, int rows, int columns) {
    for (int t = 0; t < rows; t++) {
      for (int c = 0; c < columns; c++) {
        float value = tokens[t] < 0 ? 0 : table.get((long) tokens[t] * columns + c);
        out.set((long) t * columns + c, value);
      }
    }
  }

  /** {@code dTable[tokens[t]] += dy[t]}, in the order of the rows; not for tokens below 0. */
  public void embeddingGradient(int[] tokens, Tensor dy, Tensor dTable, int rows, int columns) {
    for (int t = 0; t < rows; t++) {
      for (int c = 0; c < columns && tokens[t] >= 0; c++) {
        long at = (long) tokens[t] * columns + c;
        dTable.set(at, dTable.get(at) + dy.get((long) t * columns + c));
      }
    }
  }

  /** {@code losses[t] = logsumexp(logits[t]) - logits[t, targets[t]]}, 0 without a target. */
  public void crossEntropy(
      Tensor logits, int[] targets, Tensor losses, Tensor logSumExp, int rows, int vocab) {
    for (int t = 0; t < rows; t++) {
      double all = logSumExp(logits, (long) t * vocab, vocab);
      logSumExp.set(t, (float) all);
      losses.set(t, targets[t] < 0 ? 0 : (float) (all - logits.get((long) t * vocab + targets[t])));
    }
  }

  private static double logSumExp(Tensor logits, long from, int vocab) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < vocab; c++) {
      largest = Math.max(largest, logits.get(from + c));
    }
    double sum = 0;
    for (int c = 0; c < vocab; c++) {
      sum += Math.exp(logits.get(from + c) - largest);
    }
    return largest + Math.log(sum);
  }

  /**
   * {@code dLogits[t] = scale * (softmax(logits[t]) (1 + 2 zLoss logSumExp[t]) -
   * onehot(targets[t]))}, 0 without a target.
   */
  public void crossEntropyGradient(
      Tensor logits,
      int[] targets,
      Tensor logSumExp,
      Tensor dLogits,
      float scale,
      float zLoss,
      int rows,
      int vocab) {
    for (int t = 0; t < rows; t++) {
      double pull = 1 + 2.0 * zLoss * logSumExp.get(t);
      for (int c = 0; c < vocab; c++) {
        long at = (long) t * vocab + c;
        double probability = Math.exp((double) logits.get(at) - logSumExp.get(t));
        double onehot = c == targets[t] ? 1 : 0;
        dLogits.set(at, targets[t] < 0 ? 0 : (float) (scale * (pull * probability - onehot)));
      }
    }
  }
}
