package dev.swax.runtime.kernel.gla;

import dev.swax.runtime.kernel.matrix.MatrixShape;
import dev.swax.runtime.kernel.matrix.ScalarMatrix;
import dev.swax.runtime.kernel.matrix.ScalarMatrixTest;
import java.util.List;
import java.util.Map;
import java.util.Objects;

class ScalarGlaTest extends ScalarMatrixTest {
  @Override
  protected List<GlaShape> shapes() {
    return List.of(new GlaShape(2, 3, 4, 0.6f));
  }

  @Override
  protected ScalarMatrix kernel() {
    return new ScalarGla();
  }

  @Override
  protected void next(Map<String, double[]> operands, MatrixShape shape, int at, double[] cell) {
    int rows = shape.keyWidth();
    int width = shape.valueWidth();
    for (int r = 0; r < rows; r++) {
      double decay = Math.exp(Objects.requireNonNull(operands.get("log_decay"))[at * rows + r]);
      double key = Objects.requireNonNull(operands.get("k"))[at * rows + r];
      for (int c = 0; c < width; c++) {
        int i = r * width + c;
        double value = Objects.requireNonNull(operands.get("v"))[at * width + c];
        cell[i] = decay * cell[i] + key * value;
      }
    }
  }
}
