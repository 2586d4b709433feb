package dev.swax.benchmarks.training;

import java.util.ArrayList;
import java.util.List;

/**
 * What one side did in one setting.
 *
 * @param precision of its products
 * @param seconds of each step, in order of the rounds
 * @param peakMemory bytes
 * @param agrees whether it found what swax found: first loss, later losses and norms
 */
record Measurement(
    String name, Precision precision, List<Double> seconds, long peakMemory, boolean agrees) {
  Measurement {
    seconds = List.copyOf(seconds);
  }

  double best() {
    return seconds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  double median() {
    return median(seconds);
  }

  /** The median over rounds of how many times as fast as {@code other} this side was. */
  double speedOver(Measurement other) {
    var ratios = new ArrayList<Double>();
    for (int i = 0; i < seconds.size(); i++) {
      ratios.add(other.seconds.get(i) / seconds.get(i));
    }
    return median(ratios);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
