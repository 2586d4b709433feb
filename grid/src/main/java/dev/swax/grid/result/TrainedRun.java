package dev.swax.grid.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A training run behind a table.
 *
 * @param column label of the first column that uses it
 * @param seed of its train block
 * @param identity the hash that its folder is named after
 * @param manifest text of its manifest.json; null where it has not begun, or is not here
 * @param curves what it measured, each in the order of its steps
 * @param facts what else is to be known of it: its sizes, how long it took, when it ended, why it
 *     is not here
 */
public record TrainedRun(
    String column,
    long seed,
    String identity,
    @Nullable String manifest,
    SequencedMap<Course, List<Point>> curves,
    List<String> facts) {
  public TrainedRun {
    curves = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(curves));
    facts = List.copyOf(facts);
  }

  /** One that measured its losses. */
  public TrainedRun(
      String column,
      long seed,
      String identity,
      @Nullable String manifest,
      List<Point> losses,
      List<String> facts) {
    this(column, seed, identity, manifest, ofLosses(losses), facts);
  }

  public TrainedRun(
      String column, long seed, String identity, @Nullable String manifest, List<Point> losses) {
    this(column, seed, identity, manifest, losses, List.of());
  }

  private static SequencedMap<Course, List<Point>> ofLosses(List<Point> losses) {
    SequencedMap<Course, List<Point>> curves = new LinkedHashMap<>();
    curves.put(Course.LOSS, List.copyOf(losses));
    return curves;
  }

  /** Nothing where it was not measured. */
  public List<Point> curve(Course course) {
    return curves.getOrDefault(course, List.of());
  }

  /** What was measured after so many tokens. */
  public record Point(long tokens, double value) {}
}
