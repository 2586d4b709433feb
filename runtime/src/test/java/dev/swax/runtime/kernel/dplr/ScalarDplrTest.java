package dev.swax.runtime.kernel.dplr;

import dev.swax.runtime.kernel.matrix.MatrixShape;
import dev.swax.runtime.kernel.matrix.ScalarMatrix;
import dev.swax.runtime.kernel.matrix.ScalarMatrixTest;
import java.util.List;
import java.util.Map;
import java.util.Objects;

class ScalarDplrTest extends ScalarMatrixTest {
  @Override
  protected List<DplrShape> shapes() {
    return List.of(new DplrShape(2, 3, 4, 0.6f));
  }

  @Override
  protected ScalarMatrix kernel() {
    return new ScalarDplr();
  }

  @Override
  protected void next(Map<String, double[]> operands, MatrixShape shape, int at, double[] cell) {
    int rows = shape.keyWidth();
    int width = shape.valueWidth();
    for (int c = 0; c < width; c++) {
      double read = 0;
      for (int r = 0; r < rows; r++) {
        read += of(operands, "w")[at * rows + r] * cell[r * width + c];
      }
      double value = of(operands, "v")[at * width + c];
      for (int r = 0; r < rows; r++) {
        int key = at * rows + r;
        int i = r * width + c;
        cell[i] *= Math.exp(of(operands, "log_decay")[key]);
        cell[i] += of(operands, "u")[key] * read + of(operands, "k")[key] * value;
      }
    }
  }

  private static double[] of(Map<String, double[]> operands, String name) {
    return Objects.requireNonNull(operands.get(name));
  }
}
