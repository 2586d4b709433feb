package dev.swax.compiler.facts;

import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.model.Architecture;

/**
 * Trained numbers.
 *
 * @param total all of them
 * @param active those that a token meets: of experts, those of the ones that it goes to
 * @param embedding those of the embedding and of an untied head
 */
public record ParameterCount(long total, long active, long embedding) {

  /** Counts a model's, those of cells without a kernel too. */
  public static ParameterCount of(Architecture architecture) {
    return of(LowerModel.lower(architecture));
  }

  static ParameterCount of(LoweredModel model) {
    long head = model.architecture().options().tied() ? 0 : model.head().matrixNumbers();
    return new ParameterCount(
        model.parameterCount(),
        model.activeParameterCount(),
        model.embed().parameterCount() + head);
  }
}
