package dev.swax.compiler.interpret;

import dev.swax.runtime.kernel.matrix.MatrixShape;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A memory of matrices, token after token; dS is the gradient of the whole loss with respect to the
 * state after the token:
 *
 * <pre>
 * S_t as the family says, of S_{t-1}                S_{t-1} = 0 where a document begins
 * y_t = scale q_t . S_t
 * dS_t += scale outer(q_t, dy_t);   dS_{t-1} as the family says
 * </pre>
 */
abstract class InterpretMatrix implements RecurrenceMeaning {
  protected final MatrixShape shape;

  InterpretMatrix(MatrixShape shape) {
    this.shape = shape;
  }

  /** One token of one head. */
  protected final class Token {
    final RecurrenceValues values;
    final int row;
    final int head;

    Token(RecurrenceValues values, int row, int head) {
      this.values = values;
      this.row = row;
      this.head = head;
    }

    /** Element {@code i} of an operand in this head. */
    double of(String operand, int i) {
      return values.operand(operand).get(row, at(operand, i));
    }

    /** The decay whose logarithm is an operand, 1 without it. */
    double decay(int i) {
      return values.operandOrNull("log_decay") == null ? 1 : Math.exp(of("log_decay", i));
    }

    /** A column of {@code x . S}. */
    double read(String operand, double[] state, int c) {
      double sum = 0;
      for (int r = 0; r < shape.keyWidth(); r++) {
        sum += of(operand, r) * state[cell(r, c)];
      }
      return sum;
    }

    /** Adds to an element of the gradient of an operand. */
    void add(List<Matrix> gradients, String operand, int i, double value) {
      gradients.get(shape.operands().indexOf(operand)).add(row, at(operand, i), value);
    }

    private int at(String operand, int i) {
      return head * (shape.columns(operand) / shape.heads()) + i;
    }
  }

  /** The state after a token. */
  protected abstract double[] next(Token token, double[] before);

  /** Adds to the gradients but that of q; gives the gradient of the state before the token. */
  protected abstract double[] back(
      Token token, double[] before, double[] slope, List<Matrix> gradients);

  /** Where row r and column c of a state are. */
  protected final int cell(int r, int c) {
    return r * shape.valueWidth() + c;
  }

  protected final double[] empty() {
    return new double[shape.keyWidth() * shape.valueWidth()];
  }

  @Override
  public final List<Matrix> forward(RecurrenceValues values) {
    Matrix y = values.zeros("y");
    int time = values.bindings().time();
    for (int first = 0; first < values.bindings().rows(); first += time) {
      for (int head = 0; head < shape.heads(); head++) {
        double[][] states = states(values, head, first);
        for (int t = 0; t < time; t++) {
          var token = new Token(values, first + t, head);
          for (int c = 0; c < shape.valueWidth(); c++) {
            double read = shape.scale() * token.read("q", states[t + 1], c);
            y.add(first + t, head * shape.valueWidth() + c, read);
          }
        }
      }
    }
    return List.of(y);
  }

  @Override
  public final OptionalDouble stateNorm(RecurrenceValues values) {
    int time = values.bindings().time();
    double squares = 0;
    for (int first = 0; first < values.bindings().rows(); first += time) {
      for (int head = 0; head < shape.heads(); head++) {
        for (double element : states(values, head, first)[time]) {
          squares += element * element;
        }
      }
    }
    return OptionalDouble.of(Math.sqrt(squares / shape.heads() / values.bindings().batch()));
  }

  /** Index t is before token t, so the last is after the last token. */
  private double[][] states(RecurrenceValues values, int head, int first) {
    int time = values.bindings().time();
    double[][] states = new double[time + 1][];
    states[0] = empty();
    for (int t = 0; t < time; t++) {
      var token = new Token(values, first + t, head);
      states[t + 1] = next(token, entering(token, states[t]));
    }
    return states;
  }

  /** The state that a token builds on. */
  private double[] entering(Token token, double[] before) {
    return begins(token) ? empty() : before;
  }

  private static boolean begins(Token token) {
    return token.values.bindings().startsDocument(token.row);
  }

  @Override
  public final List<Matrix> gradient(RecurrenceValues values) {
    List<Matrix> gradients = shape.operands().stream().map(values::zeros).toList();
    int time = values.bindings().time();
    for (int first = 0; first < values.bindings().rows(); first += time) {
      for (int head = 0; head < shape.heads(); head++) {
        double[][] states = states(values, head, first);
        double[] slope = empty();
        for (int t = time - 1; t >= 0; t--) {
          var token = new Token(values, first + t, head);
          read(token, states[t + 1], slope, gradients);
          double[] earlier = back(token, entering(token, states[t]), slope, gradients);
          slope = begins(token) ? empty() : earlier;
        }
      }
    }
    return gradients;
  }

  private void read(Token token, double[] after, double[] slope, List<Matrix> gradients) {
    for (int r = 0; r < shape.keyWidth(); r++) {
      double query = shape.scale() * token.of("q", r);
      for (int c = 0; c < shape.valueWidth(); c++) {
        double dy = token.values.dy().get(token.row, token.head * shape.valueWidth() + c);
        token.add(gradients, "q", r, shape.scale() * after[cell(r, c)] * dy);
        slope[cell(r, c)] += query * dy;
      }
    }
  }
}
