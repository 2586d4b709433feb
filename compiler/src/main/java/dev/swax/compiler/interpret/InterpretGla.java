package dev.swax.compiler.interpret;

import dev.swax.runtime.kernel.gla.GlaShape;
import java.util.List;

/**
 * A memory of which every row decays by a factor of its own, token after token; dS is the gradient
 * of the whole loss with respect to the state after the token:
 *
 * <pre>
 * S_t = diag(a_t) S_{t-1} + outer(k_t, v_t)         S_{t-1} = 0 where a document begins
 * y_t = scale q_t . S_t
 * dS_t += scale outer(q_t, dy_t);   dS_{t-1} = diag(a_t) dS_t
 * </pre>
 */
record InterpretGla(GlaShape shape) implements RecurrenceMeaning {

  @Override
  public List<Matrix> forward(RecurrenceValues values) {
    Matrix y = values.zeros("y");
    int time = values.bindings().time();
    for (int first = 0; first < values.bindings().rows(); first += time) {
      for (int head = 0; head < shape.heads(); head++) {
        double[][] states = states(values, head, first);
        for (int t = 0; t < time; t++) {
          for (int r = 0; r < shape.keyWidth(); r++) {
            double query = shape.scale() * values.operand("q").get(first + t, key(head, r));
            for (int c = 0; c < shape.valueWidth(); c++) {
              y.add(first + t, value(head, c), query * states[t + 1][at(r, c)]);
            }
          }
        }
      }
    }
    return List.of(y);
  }

  /** Index t is before token t, so the last is after the last token. */
  private double[][] states(RecurrenceValues values, int head, int first) {
    int time = values.bindings().time();
    double[][] states = new double[time + 1][shape.keyWidth() * shape.valueWidth()];
    for (int t = 0; t < time; t++) {
      int row = first + t;
      double[] before = entering(states, values, row, t);
      for (int r = 0; r < shape.keyWidth(); r++) {
        double decay = decay(values, row, head, r);
        double key = values.operand("k").get(row, key(head, r));
        for (int c = 0; c < shape.valueWidth(); c++) {
          double v = values.operand("v").get(row, value(head, c));
          states[t + 1][at(r, c)] = decay * before[at(r, c)] + key * v;
        }
      }
    }
    return states;
  }

  /** The state that a token builds on. */
  private static double[] entering(double[][] states, RecurrenceValues values, int row, int t) {
    return values.bindings().startsDocument(row) ? new double[states[t].length] : states[t];
  }

  private double decay(RecurrenceValues values, int row, int head, int r) {
    return Math.exp(values.operand("log_decay").get(row, key(head, r)));
  }

  @Override
  public List<Matrix> gradient(RecurrenceValues values) {
    List<Matrix> gradients = shape.operands().stream().map(values::zeros).toList();
    int time = values.bindings().time();
    for (int first = 0; first < values.bindings().rows(); first += time) {
      for (int head = 0; head < shape.heads(); head++) {
        double[][] states = states(values, head, first);
        double[] slope = new double[shape.keyWidth() * shape.valueWidth()];
        for (int t = time - 1; t >= 0; t--) {
          double[] before = entering(states, values, first + t, t);
          slope = back(values, before, states[t + 1], head, first + t, slope, gradients);
        }
      }
    }
    return gradients;
  }

  /** From the gradient of the state after a token to that of the one before it. */
  private double[] back(
      RecurrenceValues values,
      double[] before,
      double[] after,
      int head,
      int row,
      double[] slope,
      List<Matrix> gradients) {
    double[] earlier = new double[slope.length];
    for (int r = 0; r < shape.keyWidth(); r++) {
      double query = shape.scale() * values.operand("q").get(row, key(head, r));
      double key = values.operand("k").get(row, key(head, r));
      double decay = decay(values, row, head, r);
      for (int c = 0; c < shape.valueWidth(); c++) {
        int i = at(r, c);
        double dy = values.dy().get(row, value(head, c));
        double v = values.operand("v").get(row, value(head, c));
        slope[i] += query * dy;
        of(gradients, "q").add(row, key(head, r), shape.scale() * after[i] * dy);
        of(gradients, "k").add(row, key(head, r), slope[i] * v);
        of(gradients, "v").add(row, value(head, c), slope[i] * key);
        of(gradients, "log_decay").add(row, key(head, r), decay * slope[i] * before[i]);
        earlier[i] = decay * slope[i];
      }
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
