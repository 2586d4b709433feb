package dev.swax.runtime.evaluate;

import dev.swax.runtime.task.Metric;
import dev.swax.runtime.task.Tally;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Means of several measures, in all and by group. */
final class GroupedScore {
  private final List<String> names;
  private final List<Tally> all = new ArrayList<>();
  private final List<List<Double>> examples = new ArrayList<>();
  private final SequencedMap<String, Tally> groups = new LinkedHashMap<>();

  /** The first measure is also told by group. */
  GroupedScore(List<String> names) {
    this.names = List.copyOf(names);
    for (int i = 0; i < names.size(); i++) {
      all.add(new Tally());
      examples.add(new ArrayList<>());
    }
  }

  /**
   * One example; it has no group where that is empty. With group {@code a/b} it also counts for
   * {@code a}.
   */
  void add(String group, double[] values) {
    if (values.length != names.size()) {
      throw new IllegalArgumentException("%d values for %s".formatted(values.length, names));
    }
    for (int i = 0; i < values.length; i++) {
      all.get(i).add(values[i], 1);
      examples.get(i).add(values[i]);
    }
    int slash = group.indexOf('/');
    if (slash > 0) {
      groups.computeIfAbsent(group.substring(0, slash), _ -> new Tally()).add(values[0], 1);
    }
    if (!group.isEmpty()) {
      groups.computeIfAbsent(group, _ -> new Tally()).add(values[0], 1);
    }
  }

  /** The measures, then the first one of each group in the order in which groups came. */
  List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      metrics.add(all.get(i).metric(names.get(i)).of(examples.get(i)));
    }
    groups.forEach((group, tally) -> metrics.add(tally.metric(names.getFirst() + "/" + group)));
    return metrics;
  }
}
