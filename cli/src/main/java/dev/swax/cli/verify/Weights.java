package dev.swax.cli.verify;

import dev.swax.compiler.interpret.Matrix;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.Parameters;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/** The same weights for a program and for the interpreter. */
final class Weights {
  private Weights() {}

  /**
   * Sets random weights away from where gates are shut or norms do nothing, and returns them in
   * double, by name.
   */
  static SequencedMap<String, Matrix> randomize(Parameters parameters, SplittableRandom random) {
    SequencedMap<String, Matrix> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters.all()) {
      var spec = parameter.spec();
      Matrix matrix = Matrix.zeros(spec.rows(), spec.columns());
      double centre = spec.decayed() ? 0 : 1;
      double spread = spec.decayed() ? 1.5 / Math.sqrt(spec.rows()) : 0.5;
      for (int i = 0; i < matrix.values().length; i++) {
        float value = (float) (centre + spread * (2 * random.nextDouble() - 1));
        matrix.values()[i] = value;
        parameter.value().set(i, value);
      }
      values.put(spec.name(), matrix);
    }
    return values;
  }

  static double largest(Matrix matrix) {
    double largest = 0;
    for (double value : matrix.values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
