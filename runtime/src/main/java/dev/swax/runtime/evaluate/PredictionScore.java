package dev.swax.runtime.evaluate;

import dev.swax.runtime.task.Example;
import dev.swax.runtime.task.Metric;
import dev.swax.runtime.task.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Which targets of examples were predicted: in all, and by their distance in powers of two. */
final class PredictionScore {
  private static final int FIXED = 3;
  private static final int DISTANCE = 3;

  private final Tally accuracy = new Tally();
  private final List<Double> examples = new ArrayList<>();
  private final Tally loss = new Tally();
  private final SequencedMap<Integer, Tally> byDistance = new TreeMap<>();

  private final SequencedMap<Integer, int[]> parts = new TreeMap<>();
  private int targets;
  private int right;
  private double losses;

  /** One target of the current example. */
  void target(Example example, int position, int predicted, double targetLoss) {
    int hit = predicted == example.targets()[position] ? 1 : 0;
    targets++;
    right += hit;
    losses += targetLoss;
    int distance = example.distances()[position];
    if (distance > 0) {
      int[] part =
          parts.computeIfAbsent(31 - Integer.numberOfLeadingZeros(distance), _ -> new int[2]);
      part[0] += hit;
      part[1]++;
    }
  }

  /**
   * Ends the current example. What it adds to the score, as numbers: right targets, all targets and
   * the bits of their summed loss; then each distance with its right and all targets. None where it
   * has no target.
   */
  Optional<long[]> finishExample() {
    if (targets == 0) {
      return Optional.empty();
    }
    long[] result = new long[FIXED + DISTANCE * parts.size()];
    result[0] = right;
    result[1] = targets;
    result[2] = Double.doubleToRawLongBits(losses);
    int at = FIXED;
    for (Map.Entry<Integer, int[]> part : parts.entrySet()) {
      result[at++] = part.getKey();
      result[at++] = part.getValue()[0];
      result[at++] = part.getValue()[1];
    }
    parts.clear();
    targets = 0;
    right = 0;
    losses = 0;
    return Optional.of(result);
  }

  /** Adds an example's result: its share of right targets counts once, whatever their number. */
  void add(long[] result) {
    double share = (double) result[0] / result[1];
    accuracy.add(share, 1);
    examples.add(share);
    loss.add(Double.longBitsToDouble(result[2]), result[1]);
    for (int at = FIXED; at < result.length; at += DISTANCE) {
      byDistance
          .computeIfAbsent((int) result[at], _ -> new Tally())
          .add(result[at + 1], result[at + 2]);
    }
  }

  /** Accuracy, loss in nats per target, and accuracy by distance. */
  List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    metrics.add(accuracy.metric("accuracy").of(examples));
    metrics.add(loss.metric("loss"));
    byDistance.forEach((bucket, tally) -> {
      long least = 1L << bucket;
      metrics.add(tally.metric("accuracy/distance %s-%s".formatted(least, 2 * least - 1)));
    });
    return metrics;
  }
}
