package dev.swax.compiler.interpret;

import dev.swax.runtime.kernel.MemoryShape;
import java.util.List;

/** A memory by its recurrence, {@link MemoryTrace}. */
final class InterpretMemory {
  private InterpretMemory() {}

  /** y, then the divisor and the running maximum of each token and head. */
  static List<Matrix> forward(MemoryShape shape, List<Matrix> operands, Bindings bindings) {
    int width = shape.valueWidth();
    Matrix y = Matrix.zeros(bindings.rows(), shape.heads() * width);
    Matrix divisor = Matrix.zeros(bindings.rows(), shape.heads());
    Matrix rowMax = Matrix.zeros(bindings.rows(), shape.heads());
    for (int first = 0; first < bindings.rows(); first += bindings.time()) {
      for (int head = 0; head < shape.heads(); head++) {
        var trace = MemoryTrace.walk(shape, operands, head, first, bindings);
        for (int t = 0; t < bindings.time(); t++) {
          divisor.set(first + t, head, trace.keptDivisor(t));
          rowMax.set(first + t, head, trace.rowMax[t]);
          for (int j = 0; j < width; j++) {
            double read = trace.read(operands, head, first + t, t, j);
            y.set(first + t, head * width + j, read / trace.divisor(t));
          }
        }
      }
    }
    return List.of(y, divisor, rowMax);
  }
}
