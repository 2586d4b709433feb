package dev.swax.compiler.interpret;

import dev.swax.runtime.kernel.MemoryShape;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradient of a memory by going back through time, token after token. The running maximum is
 * taken as a constant: y does not depend on it, but for the epsilon of the divisor.
 */
final class InterpretMemoryGradient {
  private final MemoryShape shape;
  private final List<Matrix> operands;
  private final Matrix dy;
  private final List<Matrix> gradients = new ArrayList<>();

  private InterpretMemoryGradient(MemoryShape shape, List<Matrix> operands, Bindings bindings) {
    this.shape = shape;
    this.operands = operands;
    dy = operands.getLast();
    // y, divisor, rowMax and dy follow the operands of the forward op.
    for (Matrix operand : operands.subList(0, operands.size() - 4)) {
      gradients.add(Matrix.zeros(bindings.rows(), operand.columns()));
    }
  }

  /** dq, dk, dv, then dLogInput and dLogForget where the shape has them. */
  static List<Matrix> gradient(MemoryShape shape, List<Matrix> operands, Bindings bindings) {
    var interpret = new InterpretMemoryGradient(shape, operands, bindings);
    for (int first = 0; first < bindings.rows(); first += bindings.time()) {
      for (int head = 0; head < shape.heads(); head++) {
        var trace = MemoryTrace.walk(shape, operands, head, first, bindings);
        double[] dState = new double[shape.keyWidth() * (shape.valueWidth() + 1)];
        for (int t = bindings.time() - 1; t >= 0; t--) {
          interpret.read(trace, head, first + t, t, dState);
          interpret.update(trace, head, first + t, t, dState);
          for (int at = 0; at < dState.length; at++) {
            dState[at] *= trace.emptied[t] ? 0 : trace.f[t];
          }
        }
      }
    }
    return interpret.gradients;
  }

  /** From dy to dq, and to the state after token t. */
  private void read(MemoryTrace trace, int head, int row, int t, double[] dState) {
    double[] dRead = dRead(trace, head, row, t);
    for (int c = 0; c < shape.keyWidth(); c++) {
      int column = head * shape.keyWidth() + c;
      for (int j = 0; j < dRead.length; j++) {
        int at = c * dRead.length + j;
        gradients.get(0).add(row, column, shape.scale() * trace.before[t + 1][at] * dRead[j]);
        dState[at] += shape.scale() * operands.get(0).get(row, column) * dRead[j];
      }
    }
  }

  /** The gradient of {@code scale q . (each column of the state)}, the normalizer's last. */
  private double[] dRead(MemoryTrace trace, int head, int row, int t) {
    int width = shape.valueWidth();
    double[] dRead = new double[width + 1];
    double divisor = trace.divisor(t);
    for (int j = 0; j < width; j++) {
      double dyj = dy.get(row, head * width + j);
      double y = trace.read(operands, head, row, t, j) / divisor;
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
      double key = operands.get(1).get(row, column);
      for (int j = 0; j <= width; j++) {
        double d = dState[c * (width + 1) + j];
        double value = trace.value(operands, row, head, j);
        gradients.get(1).add(row, column, trace.i[t] * d * value);
        if (j < width) {
          gradients.get(2).add(row, head * width + j, trace.i[t] * d * key);
        }
        dInput += d * key * value;
        dForget += d * trace.entering[t][c * (width + 1) + j];
      }
    }
    int next = 3;
    if (shape.inputGate()) {
      gradients.get(next++).add(row, head, trace.i[t] * dInput);
    }
    if (shape.forgetGate()) {
      gradients.get(next).add(row, head, trace.f[t] * dForget);
    }
  }
}
