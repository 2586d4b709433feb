package dev.swax.compiler.interpret;

import dev.swax.runtime.kernel.delta.DeltaShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A memory of the delta rule, token after token; dS is the gradient of the whole loss with respect
 * to the state after the token:
 *
 * <pre>
 * w_t = write_t v_t - erase_t (k_t . S_{t-1})       S_{t-1} = 0 where a document begins
 * S_t = decay_t S_{t-1} + outer(k_t, w_t);   y_t = scale q_t . S_t
 * dS_t += scale outer(q_t, dy_t);   dw_t = k_t . dS_t
 * dS_{t-1} = decay_t dS_t - erase_t outer(k_t, dw_t)
 * </pre>
 */
record InterpretDelta(DeltaShape shape) implements RecurrenceMeaning {

  /** One head of one sequence. */
  private static final class Walk {
    /** Index t is before token t, so the last is after the last token. */
    final double[][] states;

    /** w of each token. */
    final double[][] written;

    Walk(int time, int size, int width) {
      states = new double[time + 1][size];
      written = new double[time][width];
    }
  }

  @Override
  public List<Matrix> forward(RecurrenceValues values) {
    Matrix y = values.zeros("y");
    int time = values.bindings().time();
    for (int first = 0; first < values.bindings().rows(); first += time) {
      for (int head = 0; head < shape.heads(); head++) {
        Walk walk = walk(values, head, first);
        for (int t = 0; t < time; t++) {
          double[] state = walk.states[t + 1];
          for (int r = 0; r < shape.keyWidth(); r++) {
            double query = shape.scale() * values.operand("q").get(first + t, key(head, r));
            for (int c = 0; c < shape.valueWidth(); c++) {
              y.add(first + t, value(head, c), query * state[at(r, c)]);
            }
          }
        }
      }
    }
    return List.of(y);
  }

  private Walk walk(RecurrenceValues values, int head, int first) {
    int time = values.bindings().time();
    var walk = new Walk(time, shape.keyWidth() * shape.valueWidth(), shape.valueWidth());
    for (int t = 0; t < time; t++) {
      int row = first + t;
      double[] before = entering(walk, values, row, t);
      double decay = decay(values, row, head);
      double[] next = walk.states[t + 1];
      for (int c = 0; c < shape.valueWidth(); c++) {
        walk.written[t][c] =
            values.operand("write").get(row, head) * values.operand("v").get(row, value(head, c))
                - values.operand("erase").get(row, head) * known(values, before, row, head, c);
        for (int r = 0; r < shape.keyWidth(); r++) {
          double key = values.operand("k").get(row, key(head, r));
          next[at(r, c)] = decay * before[at(r, c)] + key * walk.written[t][c];
        }
      }
    }
    return walk;
  }

  /** The state that a token builds on. */
  private static double[] entering(Walk walk, RecurrenceValues values, int row, int t) {
    return values.bindings().startsDocument(row)
        ? new double[walk.states[t].length]
        : walk.states[t];
  }

  private static double decay(RecurrenceValues values, int row, int head) {
    @Nullable Matrix logarithm = values.operandOrNull("log_decay");
    return logarithm == null ? 1 : Math.exp(logarithm.get(row, head));
  }

  /** One column of {@code k . S}. */
  private double known(RecurrenceValues values, double[] state, int row, int head, int c) {
    double sum = 0;
    for (int r = 0; r < shape.keyWidth(); r++) {
      sum += values.operand("k").get(row, key(head, r)) * state[at(r, c)];
    }
    return sum;
  }

  @Override
  public List<Matrix> gradient(RecurrenceValues values) {
    List<Matrix> gradients = shape.operands().stream().map(values::zeros).toList();
    int time = values.bindings().time();
    for (int first = 0; first < values.bindings().rows(); first += time) {
      for (int head = 0; head < shape.heads(); head++) {
        Walk walk = walk(values, head, first);
        double[] slope = new double[shape.keyWidth() * shape.valueWidth()];
        for (int t = time - 1; t >= 0; t--) {
          slope = back(values, walk, head, first + t, t, slope, gradients);
        }
      }
    }
    return gradients;
  }

  /** From the gradient of the state after a token to that of the one before it. */
  private double[] back(
      RecurrenceValues values,
      Walk walk,
      int head,
      int row,
      int t,
      double[] slope,
      List<Matrix> gradients) {
    double[] before = entering(walk, values, row, t);
    double decay = decay(values, row, head);
    double erase = values.operand("erase").get(row, head);
    double[] earlier = new double[slope.length];
    for (int c = 0; c < shape.valueWidth(); c++) {
      double dy = values.dy().get(row, value(head, c));
      double dw = 0;
      for (int r = 0; r < shape.keyWidth(); r++) {
        double query = shape.scale() * values.operand("q").get(row, key(head, r));
        of(gradients, "q")
            .add(row, key(head, r), shape.scale() * walk.states[t + 1][at(r, c)] * dy);
        slope[at(r, c)] += query * dy;
        dw += values.operand("k").get(row, key(head, r)) * slope[at(r, c)];
      }
      for (int r = 0; r < shape.keyWidth(); r++) {
        double key = values.operand("k").get(row, key(head, r));
        double dk = slope[at(r, c)] * walk.written[t][c] - erase * before[at(r, c)] * dw;
        of(gradients, "k").add(row, key(head, r), dk);
        earlier[at(r, c)] = decay * slope[at(r, c)] - erase * key * dw;
        if (shape.decay()) {
          double product = decay * slope[at(r, c)] * before[at(r, c)];
          of(gradients, "log_decay").add(row, head, product);
        }
      }
      double v = values.operand("v").get(row, value(head, c));
      of(gradients, "v").add(row, value(head, c), values.operand("write").get(row, head) * dw);
      of(gradients, "write").add(row, head, v * dw);
      of(gradients, "erase").add(row, head, -known(values, before, row, head, c) * dw);
    }
    return values.bindings().startsDocument(row) ? new double[slope.length] : earlier;
  }

  private Matrix of(List<Matrix> gradients, String operand) {
    return gradients.get(shape.operands().indexOf(operand));
  }

  private int at(int r, int c) {
    return r * shape.valueWidth() + c;
  }

  private int key(int head, int r) {
    return head * shape.keyWidth() + r;
  }

  private int value(int head, int c) {
    return head * shape.valueWidth() + c;
  }
}
