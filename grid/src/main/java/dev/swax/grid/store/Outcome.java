package dev.swax.grid.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What came of a cell.
 *
 * @param metrics the first one is what the cell is about; empty for training
 * @param seconds that it took, summed over its attempts
 * @param flops that it took
 * @param finished when it was there; null where an older result does not say
 * @param endedEarly the last step of a training that ended before its budget was spent; 0: it did
 *     not
 */
public record Outcome(
    SequencedMap<String, Metric> metrics,
    double seconds,
    double flops,
    @Nullable Instant finished,
    long endedEarly) {

  /** Of which it is not known when. */
  public Outcome(SequencedMap<String, Metric> metrics, double seconds, double flops) {
    this(metrics, seconds, flops, null, 0);
  }

  /** Of a training; {@code endedEarly} as above. */
  public static Outcome ofTraining(double seconds, double flops, long endedEarly) {
    return new Outcome(new LinkedHashMap<>(), seconds, flops, null, endedEarly);
  }

  /** The same, there now. */
  public Outcome now() {
    Instant time = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return new Outcome(metrics, seconds, flops, time, endedEarly);
  }

  /**
   * A measured value.
   *
   * @param count how many examples stand behind it
   * @param standardError NaN where there is none
   * @param examples the value of each example, in order; empty where it is no mean of such
   */
  public record Metric(double value, long count, double standardError, List<Double> examples) {
    public Metric {
      examples = List.copyOf(examples);
    }

    public Metric(double value, long count, double standardError) {
      this(value, count, standardError, List.of());
    }
  }

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
