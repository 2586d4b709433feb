package dev.swax.compiler.facts;

import dev.swax.compiler.model.Architecture;
import dev.swax.runtime.train.Optimizer;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model before anything is allocated.
 *
 * @param flopsPerToken of the forward pass
 * @param stateBytes of one sequence
 * @param receptiveField null where every earlier token reaches an output
 * @param optimizer of the train block that trains it; null where that is AdamW for all alike
 * @param time of a step; null where it is not asked for
 */
public record FactSheet(
    Architecture architecture,
    Usage usage,
    ParameterCount parameters,
    double flopsPerToken,
    long stateBytes,
    @Nullable Long receptiveField,
    long peakTrainingBytes,
    @Nullable Optimizer optimizer,
    @Nullable StepTime time) {

  /** The same with how long a step takes. */
  public FactSheet withTime(StepTime found) {
    return new FactSheet(
        architecture,
        usage,
        parameters,
        flopsPerToken,
        stateBytes,
        receptiveField,
        peakTrainingBytes,
        optimizer,
        found);
  }

  /** The facts of a model at one use, trained by AdamW. */
  public static FactSheet of(Architecture architecture, Usage usage, PeakMemory memory) {
    return of(architecture, usage, memory, Optional.empty());
  }

  /** The facts of a model at one use. */
  public static FactSheet of(
      Architecture architecture, Usage usage, PeakMemory memory, Optional<Optimizer> optimizer) {
    Optimizer other = optimizer.filter(one -> !one.isPlain()).orElse(null);
    long more =
        other == null ? 0 : OptimizerMemory.beyondAdamW(other, architecture, usage.processes());
    OptionalLong field = ReceptiveField.of(architecture);
    return new FactSheet(
        architecture,
        usage,
        ParameterCount.of(architecture),
        new FlopCount(architecture).perToken(usage),
        StateSize.bytes(architecture, usage.sequence()),
        field.isPresent() ? (Long) field.getAsLong() : null,
        memory.trainingBytes(architecture, usage) + more,
        other,
        null);
  }
}
