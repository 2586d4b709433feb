package dev.swax.grid.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A training run behind a table.
 *
 * @param column label of the first column that uses it
 * @param seed of its train block
 * @param identity the hash that its folder is named after
 * @param manifest text of its manifest.json; null where it has not begun
 * @param curve its losses in the order of its steps
 * @param facts what else is to be known of it: its sizes, how long it took, when it ended
 */
public record TrainedRun(
    String column,
    long seed,
    String identity,
    @Nullable String manifest,
    List<Point> curve,
    List<String> facts) {
  public TrainedRun {
    curve = List.copyOf(curve);
    facts = List.copyOf(facts);
  }

  public TrainedRun(
      String column, long seed, String identity, @Nullable String manifest, List<Point> curve) {
    this(column, seed, identity, manifest, curve, List.of());
  }

  /** Loss of training after so many tokens, nats per token. */
  public record Point(long tokens, double loss) {}
}
