package dev.swax.runtime.task;

import java.util.List;
import java.util.Optional;

/**
 * What a model reached on a task.
 *
 * @param task {@link Task#describe}
 * @param length {@link Task#length}
 * @param examples how many were scored
 * @param metrics the primary one first, parts last
 */
public record TaskScore(String task, int length, long examples, List<Metric> metrics) {
  public TaskScore {
    metrics = List.copyOf(metrics);
    if (metrics.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured on " + task);
    }
  }

  /** What the task is about. */
  public Metric primary() {
    return metrics.getFirst();
  }

  public Optional<Metric> find(String name) {
    return metrics.stream().filter(metric -> metric.name().equals(name)).findFirst();
  }
}
