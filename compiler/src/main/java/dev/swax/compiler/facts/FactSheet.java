package dev.swax.compiler.facts;

import dev.swax.compiler.model.Architecture;
import dev.swax.runtime.train.Optimizer;
import dev.swax.runtime.train.Recompute;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model before anything is allocated.
 *
 * @param flopsPerToken of the forward pass
 * @param stateBytes of one sequence
 * @param receptiveField null where every earlier token reaches an output
 * @param trainingBytes of a process that trains, at its peak, by what is computed again
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
    SequencedMap<Recompute, Long> trainingBytes,
    @Nullable Optimizer optimizer,
    @Nullable StepTime time) {
  public FactSheet {
    trainingBytes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(trainingBytes));
  }

  /** Bytes of a process that trains as it is used, at its peak. */
  public long peakTrainingBytes() {
    return Objects.requireNonNull(trainingBytes.get(usage.recompute()));
  }

  /** The same with how long a step takes. */
  public FactSheet withTime(StepTime found) {
    return new FactSheet(
        architecture,
        usage,
        parameters,
        flopsPerToken,
        stateBytes,
        receptiveField,
        trainingBytes,
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
    SequencedMap<Recompute, Long> bytes = new LinkedHashMap<>();
    memory.trainingBytes(architecture, usage).forEach((what, peak) -> bytes.put(what, peak + more));
    OptionalLong field = ReceptiveField.of(architecture);
    return new FactSheet(
        architecture,
        usage,
        ParameterCount.of(architecture),
        new FlopCount(architecture).perToken(usage),
        StateSize.bytes(architecture, usage.sequence()),
        field.isPresent() ? (Long) field.getAsLong() : null,
        bytes,
        other,
        null);
  }
}
