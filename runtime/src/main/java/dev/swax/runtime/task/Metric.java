package dev.swax.runtime.task;

import java.util.List;

/**
 * One measured value.
 *
 * @param name {@code accuracy}; of a part, {@code accuracy/distance 64-127}
 * @param value shares are 0 to 1; NaN where nothing was measured
 * @param count how many examples it is the mean of
 * @param standardError of the value, examples being the sample; NaN for fewer than two
 * @param examples the value of each example, in order, where it is their plain mean; else empty
 */
public record Metric(
    String name, double value, long count, double standardError, List<Double> examples) {
  public Metric {
    examples = List.copyOf(examples);
  }

  public Metric(String name, double value, long count, double standardError) {
    this(name, value, count, standardError, List.of());
  }

  /** The same, with the values of its examples. */
  public Metric of(List<Double> values) {
    return new Metric(name, value, count, standardError, values);
  }
}
