package dev.swax.grid.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What came of a cell.
 *
 * @param metrics the first one is what the cell is about; empty for training
 * @param seconds that it took, summed over its attempts
 * @param flops that it took
 */
public record Outcome(SequencedMap<String, Metric> metrics, double seconds, double flops) {

  /**
   * A measured value.
   *
   * @param count how many examples stand behind it
   * @param standardError NaN where there is none
   */
  public record Metric(double value, long count, double standardError) {}

  public Outcome {
    metrics = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metrics));
  }

  /** The metric of that name, or the first where the name is empty. */
  public Optional<Metric> find(String name) {
    return name.isEmpty()
        ? metrics.values().stream().findFirst()
        : Optional.ofNullable(metrics.get(name));
  }
}
