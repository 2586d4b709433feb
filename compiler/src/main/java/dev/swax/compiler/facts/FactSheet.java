package dev.swax.compiler.facts;

import dev.swax.compiler.model.Architecture;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model before anything is allocated.
 *
 * @param flopsPerToken of the forward pass
 * @param stateBytes of one sequence
 * @param receptiveField null where every earlier token reaches an output
 */
public record FactSheet(
    Architecture architecture,
    Usage usage,
    ParameterCount parameters,
    double flopsPerToken,
    long stateBytes,
    @Nullable Long receptiveField,
    long peakTrainingBytes) {

  /** The facts of a model at one use. */
  public static FactSheet of(Architecture architecture, Usage usage, PeakMemory memory) {
    OptionalLong field = ReceptiveField.of(architecture);
    return new FactSheet(
        architecture,
        usage,
        ParameterCount.of(architecture),
        FlopCount.perToken(architecture, usage),
        StateSize.bytes(architecture, usage.sequence()),
        field.isPresent() ? (Long) field.getAsLong() : null,
        memory.trainingBytes(architecture, usage.batch(), usage.sequence()));
  }
}
