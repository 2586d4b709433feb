package dev.swax.compiler.interpret;

import java.util.List;

/** The two ends of a model: tokens to rows, and rows to the loss of the next token. */
final class InterpretTokens {
  private InterpretTokens() {}

  /** A row of the table for each index; zeros where it is below 0. */
  static Matrix embedding(Matrix table, int[] tokens) {
    Matrix y = Matrix.zeros(tokens.length, table.columns());
    for (int t = 0; t < tokens.length; t++) {
      for (int c = 0; c < table.columns() && tokens[t] >= 0; c++) {
        y.set(t, c, table.get(tokens[t], c));
      }
    }
    return y;
  }

  static Matrix embeddingGradient(Matrix dy, int[] tokens, int vocabulary) {
    Matrix dTable = Matrix.zeros(vocabulary, dy.columns());
    for (int t = 0; t < tokens.length; t++) {
      for (int c = 0; c < dy.columns() && tokens[t] >= 0; c++) {
        dTable.add(tokens[t], c, dy.get(t, c));
      }
    }
    return dTable;
  }

  /** {@code logsumexp(logits[t]) - logits[t, target]}, 0 where ignored; part 1 the logsumexp. */
  static List<Matrix> crossEntropy(Matrix logits, int[] targets) {
    Matrix losses = Matrix.zeros(logits.rows(), 1);
    Matrix logSumExp = Matrix.zeros(logits.rows(), 1);
    for (int t = 0; t < logits.rows(); t++) {
      logSumExp.set(t, 0, logSumExp(logits, t));
      if (targets[t] >= 0) {
        losses.set(t, 0, logSumExp.get(t, 0) - logits.get(t, targets[t]));
      }
    }
    return List.of(losses, logSumExp);
  }

  /** {@code scale * (softmax(logits[t]) - onehot(target))}, 0 where ignored. */
  static Matrix crossEntropyGradient(Matrix logits, int[] targets, double scale) {
    Matrix dLogits = Matrix.zeros(logits.rows(), logits.columns());
    for (int t = 0; t < logits.rows(); t++) {
      if (targets[t] < 0) {
        continue;
      }
      double logSumExp = logSumExp(logits, t);
      for (int c = 0; c < logits.columns(); c++) {
        double probability = Math.exp(logits.get(t, c) - logSumExp);
        dLogits.set(t, c, scale * (probability - (c == targets[t] ? 1 : 0)));
      }
    }
    return dLogits;
  }

  private static double logSumExp(Matrix logits, int row) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < logits.columns(); c++) {
      largest = Math.max(largest, logits.get(row, c));
    }
    double sum = 0;
    for (int c = 0; c < logits.columns(); c++) {
      sum += Math.exp(logits.get(row, c) - largest);
    }
    return largest + Math.log(sum);
  }
}
