package dev.swax.compiler.interpret;

import dev.swax.runtime.kernel.attention.AttentionShape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Softmax attention by its definition: query t sees keys {@code max(t - window + 1, first) .. t} of
 * its chunk, {@code first} being where its document begins, and all meta tokens before it. A sink
 * is one more score, of every query, that has no value.
 */
final class InterpretAttention {
  private final AttentionShape shape;
  private final int window;
  private final Bindings bindings;
  private final Matrix q;
  private final Matrix k;
  private final Matrix v;
  private final @Nullable Matrix sinks;

  InterpretAttention(AttentionShape shape, int window, List<Matrix> operands, Bindings bindings) {
    this.shape = shape;
    this.window = window;
    this.bindings = bindings;
    q = operands.get(0);
    k = operands.get(1);
    v = operands.get(2);
    sinks = shape.sinks() ? operands.get(3) : null;
  }

  /** y, then the log-sum-exp of the scores. */
  List<Matrix> forward() {
    Matrix y = Matrix.zeros(q.rows(), shape.heads() * shape.valueWidth());
    Matrix logSumExp = Matrix.zeros(q.rows(), shape.heads());
    for (int row = 0; row < q.rows(); row++) {
      int[] keys = keys(row);
      for (int head = 0; head < shape.heads(); head++) {
        double[] scores = scores(row, keys, head);
        double total = logSumExp(scores, head);
        logSumExp.set(row, head, total);
        for (int i = 0; i < keys.length; i++) {
          double probability = Math.exp(capped(scores[i]) - total);
          for (int c = 0; c < shape.valueWidth(); c++) {
            y.add(row, outputColumn(head, c), probability * v.get(keys[i], valueColumn(head, c)));
          }
        }
      }
    }
    return List.of(y, logSumExp);
  }

  /**
   * How much of their attention queries give to their last {@code recent} keys, themselves
   * included: the mean over heads and over those queries that have more tokens in their document.
   * Nothing where none has.
   */
  OptionalDouble recentShare(int recent) {
    return IntStream.range(0, q.rows())
        .filter(row -> !bindings.isMeta(row) && row - document(row) >= recent)
        .boxed()
        .flatMap(
            row -> IntStream.range(0, shape.heads()).mapToObj(head -> share(row, head, recent)))
        .mapToDouble(Double::doubleValue)
        .average();
  }

  private double share(int row, int head, int recent) {
    int[] keys = keys(row);
    double[] scores = scores(row, keys, head);
    double total = logSumExp(scores, head);
    double share = 0;
    for (int i = 0; i < keys.length; i++) {
      share += row - keys[i] < recent ? Math.exp(capped(scores[i]) - total) : 0;
    }
    return share;
  }

  /**
   * dq, dk, dv and that of the sinks, from the Jacobian of softmax: {@code ds = p (dp - sum p dp)}.
   */
  List<Matrix> gradient(Matrix dy) {
    var gradients = new ArrayList<Matrix>();
    for (Matrix operand : sinks == null ? List.of(q, k, v) : List.of(q, k, v, sinks)) {
      gradients.add(Matrix.zeros(operand.rows(), operand.columns()));
    }
    for (int row = 0; row < q.rows(); row++) {
      for (int head = 0; head < shape.heads(); head++) {
        gradientOfRow(row, head, dy, gradients);
      }
    }
    return gradients;
  }

  private void gradientOfRow(int row, int head, Matrix dy, List<Matrix> gradients) {
    int[] keys = keys(row);
    double[] scores = scores(row, keys, head);
    double total = logSumExp(scores, head);
    double[] dProbability = new double[scores.length];
    double mean = 0;
    for (int i = 0; i < keys.length; i++) {
      double probability = Math.exp(capped(scores[i]) - total);
      for (int c = 0; c < shape.valueWidth(); c++) {
        double dyc = dy.get(row, outputColumn(head, c));
        dProbability[i] += dyc * v.get(keys[i], valueColumn(head, c));
        gradients.get(2).add(keys[i], valueColumn(head, c), probability * dyc);
      }
      mean += probability * dProbability[i];
    }
    for (int i = 0; i < keys.length; i++) {
      int key = keys[i];
      double probability = Math.exp(capped(scores[i]) - total);
      double dScore = shape.scale() * capSlope(scores[i]) * probability * (dProbability[i] - mean);
      for (int c = 0; c < shape.headWidth(); c++) {
        gradients.get(0).add(row, queryColumn(head, c), dScore * k.get(key, keyColumn(head, c)));
        gradients.get(1).add(key, keyColumn(head, c), dScore * q.get(row, queryColumn(head, c)));
      }
    }
    if (sinks != null) {
      gradients.get(3).add(0, head, -Math.exp(sinks.get(0, head) - total) * mean);
    }
  }

  /** Scaled, and not capped. */
  private double[] scores(int row, int[] keys, int head) {
    double[] scores = new double[keys.length];
    for (int i = 0; i < keys.length; i++) {
      for (int c = 0; c < shape.headWidth(); c++) {
        scores[i] +=
            shape.scale() * q.get(row, queryColumn(head, c)) * k.get(keys[i], keyColumn(head, c));
      }
    }
    return scores;
  }

  private double capped(double score) {
    return shape.cap() == 0 ? score : shape.cap() * Math.tanh(score / shape.cap());
  }

  private double capSlope(double score) {
    double cosh = shape.cap() == 0 ? 1 : Math.cosh(score / shape.cap());
    return 1 / (cosh * cosh);
  }

  /** The rows that {@code row} sees, in order. */
  private int[] keys(int row) {
    int first = firstKey(row);
    return IntStream.rangeClosed(sequence(row), row)
        .filter(key -> key >= first || bindings.isMeta(key))
        .toArray();
  }

  private int sequence(int row) {
    return row - row % bindings.time();
  }

  /**
   * The first row that {@code row} sees, but for meta tokens. Chunks are counted from where its
   * document begins.
   */
  private int firstKey(int row) {
    int document = document(row);
    int first = Math.max(document, row - window + 1);
    return shape.chunk() == 0 ? first : Math.max(first, row - (row - document) % shape.chunk());
  }

  /** The first row of the document of a row. */
  private int document(int row) {
    int document = row;
    while (document > sequence(row) && !bindings.startsDocument(document)) {
      document--;
    }
    return document;
  }

  private int queryColumn(int head, int channel) {
    return head * shape.headWidth() + channel;
  }

  private int outputColumn(int head, int channel) {
    return head * shape.valueWidth() + channel;
  }

  private int keyColumn(int head, int channel) {
    return head * shape.keyHeads() / shape.heads() * shape.headWidth() + channel;
  }

  private int valueColumn(int head, int channel) {
    return head * shape.keyHeads() / shape.heads() * shape.valueWidth() + channel;
  }

  private double logSumExp(double[] scores, int head) {
    double largest = sinks == null ? Double.NEGATIVE_INFINITY : sinks.get(0, head);
    for (double score : scores) {
      largest = Math.max(largest, capped(score));
    }
    double sum = sinks == null ? 0 : Math.exp(sinks.get(0, head) - largest);
    for (double score : scores) {
      sum += Math.exp(capped(score) - largest);
    }
    return largest + Math.log(sum);
  }
}
