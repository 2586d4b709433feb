package dev.swax.benchmarks.training;

import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.ParameterSpecs;
import java.io.IOException;
import java.util.List;

/**
 * A weight that a model has, by the name that swax gives it. Matrices multiply from the right: x
 * [T, rows], W [rows, columns].
 */
public record WeightShape(String name, int rows, int columns) {

  /** Whether weight decay applies. */
  public boolean decayed() {
    return rows > 1;
  }

  public long size() {
    return (long) rows * columns;
  }

  /** Every weight of a model. */
  public static List<WeightShape> of(Setting setting) throws IOException {
    return ParameterSpecs.of(LowerModel.lower(SwaxModel.architecture(setting))).stream()
        .map(spec -> new WeightShape(spec.name(), spec.rows(), spec.columns()))
        .toList();
  }
}
