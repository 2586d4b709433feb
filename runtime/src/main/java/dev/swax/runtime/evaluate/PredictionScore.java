package dev.swax.runtime.evaluate;

import dev.swax.runtime.task.Example;
import dev.swax.runtime.task.Metric;
import dev.swax.runtime.task.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Which targets of examples were predicted: in all, and by their distance in powers of two. */
final class PredictionScore {
  private final Tally accuracy = new Tally();
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

  /** Ends the current example: its share of right targets counts once, whatever their number. */
  void finishExample() {
    if (targets == 0) {
      return;
    }
    accuracy.add((double) right / targets, 1);
    loss.add(losses, targets);
    parts.forEach((bucket, part) ->
        byDistance.computeIfAbsent(bucket, _ -> new Tally()).add(part[0], part[1]));
    parts.clear();
    targets = 0;
    right = 0;
    losses = 0;
  }

  /** Accuracy, loss in nats per target, and accuracy by distance. */
  List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    metrics.add(accuracy.metric("accuracy"));
    metrics.add(loss.metric("loss"));
    byDistance.forEach((bucket, tally) -> {
      long least = 1L << bucket;
      metrics.add(tally.metric("accuracy/distance %s-%s".formatted(least, 2 * least - 1)));
    });
    return metrics;
  }
}
