package dev.swax.compiler.interpret;

import dev.swax.runtime.kernel.memory.MemoryShape;
import java.util.List;
import java.util.OptionalDouble;

/** A memory by its recurrence, {@link MemoryTrace}. */
record InterpretMemory(MemoryShape shape) implements RecurrenceMeaning {

  /** y, then the divisor and the running maximum of each token and head. */
  @Override
  public List<Matrix> forward(RecurrenceValues values) {
    Bindings bindings = values.bindings();
    int width = shape.valueWidth();
    Matrix y = values.zeros("y");
    Matrix divisor = values.zeros("divisor");
    Matrix rowMax = values.zeros("row_max");
    for (int first = 0; first < bindings.rows(); first += bindings.time()) {
      for (int head = 0; head < shape.heads(); head++) {
        var trace = MemoryTrace.walk(shape, values, head, first);
        for (int t = 0; t < bindings.time(); t++) {
          divisor.set(first + t, head, trace.keptDivisor(t));
          rowMax.set(first + t, head, trace.rowMax[t]);
          for (int j = 0; j < width; j++) {
            y.set(first + t, head * width + j, trace.read(t, j) / trace.divisor(t));
          }
        }
      }
    }
    return List.of(y, divisor, rowMax);
  }

  @Override
  public OptionalDouble stateNorm(RecurrenceValues values) {
    Bindings bindings = values.bindings();
    double squares = 0;
    for (int first = 0; first < bindings.rows(); first += bindings.time()) {
      for (int head = 0; head < shape.heads(); head++) {
        double norm = MemoryTrace.walk(shape, values, head, first).norm();
        squares += norm * norm;
      }
    }
    return OptionalDouble.of(Math.sqrt(squares / shape.heads() / bindings.batch()));
  }

  @Override
  public List<Matrix> gradient(RecurrenceValues values) {
    return new InterpretMemoryGradient(shape, values).run();
  }
}
