package dev.swax.cli.verify;

import dev.swax.compiler.interpret.Matrix;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.random.Initialization;
import dev.swax.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
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
    for (Parameter parameter : parameters.all()) {
      var spec = parameter.spec();
      double centre = spec.decayed() ? 0 : 1;
      double spread = spec.decayed() ? 1.5 / Math.sqrt(spec.rows()) : 0.5;
      for (long i = 0; i < parameter.value().length(); i++) {
        parameter.value().set(i, (float) (centre + spread * (2 * random.nextDouble() - 1)));
      }
    }
    return values(parameters);
  }

  /** Sets weights that two right programs compute alike with, even where products are rounded. */
  static SequencedMap<String, Matrix> nearInitial(Parameters parameters, SplittableRandom random) {
    Initialization.initializeForComparison(parameters.all(), random.nextLong(), random);
    return values(parameters);
  }

  /** The same, each number changed by at most what rounding to fp32 may change it by. */
  static SequencedMap<String, Matrix> rounded(
      Map<String, Matrix> weights, SplittableRandom random) {
    SequencedMap<String, Matrix> rounded = new LinkedHashMap<>();
    weights.forEach((name, matrix) -> {
      Matrix other = Matrix.zeros(matrix.rows(), matrix.columns());
      for (int i = 0; i < other.values().length; i++) {
        double relative = Tolerance.UNIT * (2 * random.nextDouble() - 1);
        other.values()[i] = matrix.values()[i] * (1 + relative);
      }
      rounded.put(name, other);
    });
    return rounded;
  }

  private static SequencedMap<String, Matrix> values(Parameters parameters) {
    SequencedMap<String, Matrix> values = new LinkedHashMap<>();
    parameters.all().forEach(p -> values.put(p.spec().name(), matrix(p, p.value())));
    return values;
  }

  /** A parameter's value or gradient in double. */
  static Matrix matrix(Parameter parameter, Tensor tensor) {
    Matrix matrix = Matrix.zeros(parameter.spec().rows(), parameter.spec().columns());
    for (int i = 0; i < matrix.values().length; i++) {
      matrix.values()[i] = tensor.get(i);
    }
    return matrix;
  }

  static double largest(Matrix matrix) {
    double largest = 0;
    for (double value : matrix.values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
