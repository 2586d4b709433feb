package dev.swax.compiler.interpret;

import dev.swax.runtime.kernel.memory.MemoryShape;
import java.util.List;

/**
 * The gradient of a memory by going back through time, token after token. The running maximum is
 * taken as a constant: y does not depend on it, but for the epsilon of the divisor.
 */
final class InterpretMemoryGradient {
  private final MemoryShape shape;
  private final RecurrenceValues values;
  private final Matrix dq;
  private final Matrix dk;
  private final Matrix dv;
  private final Matrix dLogInput;
  private final Matrix dLogForget;

  InterpretMemoryGradient(MemoryShape shape, RecurrenceValues values) {
    this.shape = shape;
    this.values = values;
    dq = values.zeros("q");
    dk = values.zeros("k");
    dv = values.zeros("v");
    dLogInput = values.zeros("log_input");
    dLogForget = values.zeros("log_forget");
  }

  /** dq, dk, dv, then those of the gates that the shape has. */
  List<Matrix> run() {
    Bindings bindings = values.bindings();
    for (int first = 0; first < bindings.rows(); first += bindings.time()) {
      for (int head = 0; head < shape.heads(); head++) {
        var trace = MemoryTrace.walk(shape, values, head, first);
        double[] dState = new double[shape.keyWidth() * (shape.valueWidth() + 1)];
        for (int t = bindings.time() - 1; t >= 0; t--) {
          read(trace, head, first + t, t, dState);
          update(trace, head, first + t, t, dState);
          for (int at = 0; at < dState.length; at++) {
            dState[at] *= trace.emptied[t] ? 0 : trace.f[t];
          }
        }
      }
    }
    return shape.operands().stream().map(this::gradient).toList();
  }

  private Matrix gradient(String operand) {
    return switch (operand) {
      case "q" -> dq;
      case "k" -> dk;
      case "v" -> dv;
      case "log_input" -> dLogInput;
      case "log_forget" -> dLogForget;
      default -> throw new IllegalArgumentException(operand);
    };
  }

  /** From dy to dq, and to the state after token t. */
  private void read(MemoryTrace trace, int head, int row, int t, double[] dState) {
    double[] dRead = dRead(trace, head, row, t);
    for (int c = 0; c < shape.keyWidth(); c++) {
      int column = head * shape.keyWidth() + c;
      for (int j = 0; j < dRead.length; j++) {
        int at = c * dRead.length + j;
        dq.add(row, column, shape.scale() * trace.before[t + 1][at] * dRead[j]);
        dState[at] += shape.scale() * trace.query(t, c) * dRead[j];
      }
    }
  }

  /** The gradient of {@code scale q . (each column of the state)}, the normalizer's last. */
  private double[] dRead(MemoryTrace trace, int head, int row, int t) {
    int width = shape.valueWidth();
    double[] dRead = new double[width + 1];
    double divisor = trace.divisor(t);
    for (int j = 0; j < width; j++) {
      double dyj = values.dy().get(row, head * width + j);
      double y = trace.read(t, j) / divisor;
      dRead[j] = dyj / divisor;
      dRead[width] -= dyj * y / divisor * trace.divisorSlope(t);
    }
    return dRead;
  }

  /** From the state after token t to k, v and the gates of token t. */
  private void update(MemoryTrace trace, int head, int row, int t, double[] dState) {
    int width = shape.valueWidth();
    double dInput = 0;
    double dForget = 0;
    for (int c = 0; c < shape.keyWidth(); c++) {
      int column = head * shape.keyWidth() + c;
      double key = trace.key(t, c);
      for (int j = 0; j <= width; j++) {
        double d = dState[c * (width + 1) + j];
        double value = trace.value(t, j);
        dk.add(row, column, trace.i[t] * d * value);
        if (j < width) {
          dv.add(row, head * width + j, trace.i[t] * d * key);
        }
        dInput += d * key * value;
        dForget += d * trace.entering[t][c * (width + 1) + j];
      }
    }
    dLogInput.add(row, head, trace.i[t] * dInput);
    dLogForget.add(row, head, trace.f[t] * dForget);
  }
}
