package dev.swax.compiler.interpret;

import dev.swax.runtime.kernel.attention.AttentionShape;
import java.util.List;

/**
 * Softmax attention by its definition: query t sees keys {@code max(t - window + 1, first) .. t},
 * {@code first} being where its document begins.
 */
final class InterpretAttention {
  private final AttentionShape shape;
  private final int window;
  private final Bindings bindings;
  private final Matrix q;
  private final Matrix k;
  private final Matrix v;

  InterpretAttention(AttentionShape shape, int window, List<Matrix> operands, Bindings bindings) {
    this.shape = shape;
    this.window = window;
    this.bindings = bindings;
    q = operands.get(0);
    k = operands.get(1);
    v = operands.get(2);
  }

  /** y, then the log-sum-exp of the scaled scores. */
  List<Matrix> forward() {
    Matrix y = Matrix.zeros(q.rows(), q.columns());
    Matrix logSumExp = Matrix.zeros(q.rows(), shape.heads());
    for (int row = 0; row < q.rows(); row++) {
      int first = firstKey(row);
      for (int head = 0; head < shape.heads(); head++) {
        double[] scores = scores(row, first, head);
        double total = logSumExp(scores);
        logSumExp.set(row, head, total);
        for (int key = first; key <= row; key++) {
          double probability = Math.exp(scores[key - first] - total);
          for (int c = 0; c < shape.headWidth(); c++) {
            y.add(row, queryColumn(head, c), probability * v.get(key, keyColumn(head, c)));
          }
        }
      }
    }
    return List.of(y, logSumExp);
  }

  /** dq, dk, dv from the Jacobian of softmax: {@code ds = p (dp - sum p dp)}. */
  List<Matrix> gradient(Matrix dy) {
    Matrix dq = Matrix.zeros(q.rows(), q.columns());
    Matrix dk = Matrix.zeros(k.rows(), k.columns());
    Matrix dv = Matrix.zeros(v.rows(), v.columns());
    for (int row = 0; row < q.rows(); row++) {
      for (int head = 0; head < shape.heads(); head++) {
        gradientOfRow(row, head, dy, dq, dk, dv);
      }
    }
    return List.of(dq, dk, dv);
  }

  private void gradientOfRow(int row, int head, Matrix dy, Matrix dq, Matrix dk, Matrix dv) {
    int first = firstKey(row);
    double[] scores = scores(row, first, head);
    double total = logSumExp(scores);
    double[] dProbability = new double[scores.length];
    double mean = 0;
    for (int key = first; key <= row; key++) {
      double probability = Math.exp(scores[key - first] - total);
      for (int c = 0; c < shape.headWidth(); c++) {
        double dyc = dy.get(row, queryColumn(head, c));
        dProbability[key - first] += dyc * v.get(key, keyColumn(head, c));
        dv.add(key, keyColumn(head, c), probability * dyc);
      }
      mean += probability * dProbability[key - first];
    }
    for (int key = first; key <= row; key++) {
      double probability = Math.exp(scores[key - first] - total);
      double dScore = scale() * probability * (dProbability[key - first] - mean);
      for (int c = 0; c < shape.headWidth(); c++) {
        dq.add(row, queryColumn(head, c), dScore * k.get(key, keyColumn(head, c)));
        dk.add(key, keyColumn(head, c), dScore * q.get(row, queryColumn(head, c)));
      }
    }
  }

  private double[] scores(int row, int first, int head) {
    double[] scores = new double[row - first + 1];
    for (int key = first; key <= row; key++) {
      for (int c = 0; c < shape.headWidth(); c++) {
        scores[key - first] +=
            scale() * q.get(row, queryColumn(head, c)) * k.get(key, keyColumn(head, c));
      }
    }
    return scores;
  }

  /** The first row that {@code row} sees. */
  private int firstKey(int row) {
    int sequence = row - row % bindings.time();
    int first = row;
    while (first > sequence && row - first + 1 < window && !bindings.startsDocument(first)) {
      first--;
    }
    return first;
  }

  private double scale() {
    return 1 / Math.sqrt(shape.headWidth());
  }

  private int queryColumn(int head, int channel) {
    return head * shape.headWidth() + channel;
  }

  private int keyColumn(int head, int channel) {
    return head * shape.keyHeads() / shape.heads() * shape.headWidth() + channel;
  }

  private static double logSumExp(double[] scores) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      largest = Math.max(largest, score);
    }
    double sum = 0;
    for (double score : scores) {
      sum += Math.exp(score - largest);
    }
    return largest + Math.log(sum);
  }
}
