package dev.swax.cli.run;

import dev.swax.compiler.interpret.Matrix;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.Parameters;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The values of parameters as the interpreter takes them. */
final class InterpretedWeights {
  private InterpretedWeights() {}

  /** A copy of all, by full name. */
  static SequencedMap<String, Matrix> of(Parameters parameters) {
    SequencedMap<String, Matrix> weights = new LinkedHashMap<>();
    parameters.all().forEach(parameter -> weights.put(parameter.spec().name(), of(parameter)));
    return weights;
  }

  private static Matrix of(Parameter parameter) {
    Matrix matrix = Matrix.zeros(parameter.spec().rows(), parameter.spec().columns());
    for (int i = 0; i < matrix.values().length; i++) {
      matrix.values()[i] = parameter.value().get(i);
    }
    return matrix;
  }
}
