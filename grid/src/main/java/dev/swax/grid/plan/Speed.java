package dev.swax.grid.plan;

import dev.swax.grid.store.GridFolder;
import dev.swax.grid.store.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * How fast this machine computes.
 *
 * @param flops operations in a second of one process
 * @param source where the number comes from, in words
 */
public record Speed(double flops, String source) {

  /** As the user states it. */
  public static Speed stated(double flops) {
    return new Speed(flops, "as stated");
  }

  /** Over the trainings that are finished in a folder; empty where there is none. */
  public static Optional<Speed> measured(GridFolder folder) {
    List<Outcome> finished =
        folder.all().stream()
            .flatMap(cell -> cell.findOutcome().stream())
            .filter(outcome -> outcome.metrics().isEmpty() && outcome.seconds() > 0)
            .toList();
    double seconds = finished.stream().mapToDouble(Outcome::seconds).sum();
    double flops = finished.stream().mapToDouble(Outcome::flops).sum();
    return seconds > 0
        ? Optional.of(
            new Speed(
                flops / seconds,
                "measured on %d finished training%s"
                    .formatted(finished.size(), finished.size() == 1 ? "" : "s")))
        : Optional.empty();
  }
}
