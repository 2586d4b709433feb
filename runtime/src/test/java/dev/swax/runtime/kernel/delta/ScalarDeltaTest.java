package dev.swax.runtime.kernel.delta;

import dev.swax.runtime.kernel.matrix.MatrixShape;
import dev.swax.runtime.kernel.matrix.ScalarMatrix;
import dev.swax.runtime.kernel.matrix.ScalarMatrixTest;
import java.util.List;
import java.util.Map;
import java.util.Objects;

class ScalarDeltaTest extends ScalarMatrixTest {
  @Override
  protected List<DeltaShape> shapes() {
    return List.of(new DeltaShape(2, 3, 4, 0.6f, false), new DeltaShape(2, 3, 4, 0.6f, true));
  }

  @Override
  protected ScalarMatrix kernel() {
    return new ScalarDelta();
  }

  @Override
  protected void next(Map<String, double[]> operands, MatrixShape shape, int at, double[] cell) {
    int rows = shape.keyWidth();
    int width = shape.valueWidth();
    double[] k = Objects.requireNonNull(operands.get("k"));
    double[] logDecays = operands.get("log_decay");
    double decay = logDecays == null ? 1 : Math.exp(logDecays[at]);
    for (int c = 0; c < width; c++) {
      double known = 0;
      for (int r = 0; r < rows; r++) {
        known += k[at * rows + r] * cell[r * width + c];
      }
      double erased = Objects.requireNonNull(operands.get("erase"))[at] * known;
      double value = Objects.requireNonNull(operands.get("v"))[at * width + c];
      double written = Objects.requireNonNull(operands.get("write"))[at] * value;
      for (int r = 0; r < rows; r++) {
        double key = k[at * rows + r];
        int i = r * width + c;
        cell[i] = decay * cell[i] - key * erased + key * written;
      }
    }
  }
}
