package dev.swax.runtime.kernel.matrix;

import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The recurrence as it is written, on doubles that may be changed, and a loss of all it gives. */
final class PlainMatrix {
  /** The next state of a head, as it is written. */
  @FunctionalInterface
  interface Step {
    void next(Map<String, double[]> operands, MatrixShape shape, int at, double[] cell);
  }

  private final MatrixCase of;
  private final Step step;
  final Map<String, double[]> operands = new LinkedHashMap<>();
  final double[] initial;
  private final double[] dLast;
  final double[] y;

  PlainMatrix(MatrixCase of, Step step) {
    this.of = of;
    this.step = step;
    of.operands.forEach((name, tensor) -> operands.put(name, doubles(tensor)));
    initial = doubles(of.initialState);
    dLast = doubles(of.dState);
    y = new double[Math.toIntExact(of.y.length())];
  }

  private static double[] doubles(Tensor tensor) {
    double[] values = new double[Math.toIntExact(tensor.length())];
    Arrays.setAll(values, tensor::get);
    return values;
  }

  /** Fills y; gives dy . y + dState . S, summed over all sequences. */
  double run() {
    int size = of.shape.keyWidth() * of.shape.valueWidth();
    double loss = 0;
    for (int head = 0; head < of.batch * of.shape.heads(); head++) {
      double[] cell = Arrays.copyOfRange(initial, head * size, (head + 1) * size);
      for (int t = 0; t < of.time; t++) {
        int row = head / of.shape.heads() * of.time + t;
        if (of.resets != null && of.resets[row]) {
          Arrays.fill(cell, 0);
        }
        loss += token(cell, row * of.shape.heads() + head % of.shape.heads());
      }
      for (int i = 0; i < size; i++) {
        loss += dLast[head * size + i] * cell[i];
      }
    }
    return loss;
  }

  private double token(double[] cell, int at) {
    int rows = of.shape.keyWidth();
    int width = of.shape.valueWidth();
    step.next(operands, of.shape, at, cell);
    double loss = 0;
    for (int c = 0; c < width; c++) {
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        double query = Objects.requireNonNull(operands.get("q"))[at * rows + r];
        sum += of.shape.scale() * query * cell[r * width + c];
      }
      y[at * width + c] = sum;
      loss += of.dy.get((long) at * width + c) * sum;
    }
    return loss;
  }
}
