package dev.swax.runtime.train;

import dev.swax.runtime.rank.Ranks;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether validation stalls, by the rule of a recipe; without one it never does. Only the process
 * that leads knows what was validated before; the others get its answers.
 */
final class Stalling {
  private final @Nullable EarlyStop rule;
  private final Ranks ranks;
  private Lowest lowest = new Lowest(List.of());

  Stalling(@Nullable EarlyStop rule, Ranks ranks) {
    this.rule = rule;
    this.ranks = ranks;
  }

  /** The end that a run has come to before, as the process that leads knows it. */
  Optional<EarlyEnd> before(@Nullable EarlyEnd known) {
    if (rule == null) {
      return Optional.empty();
    }
    long step = ranks.fromLeader(known == null ? 0 : known.step());
    long best = ranks.fromLeader(known == null ? 0 : known.best());
    long measurements = ranks.fromLeader(known == null ? 0 : known.measurements());
    return step == 0 ? Optional.empty() : Optional.of(new EarlyEnd(step, best, (int) measurements));
  }

  /**
   * Begins with what has been validated. Where a rule came later than the run, or a checkpoint has
   * gone, the lowest may be one that the run cannot go back to; then it does not count.
   *
   * @param kept steps that have a checkpoint
   * @param notices told what does not count
   * @return the step to be kept, 0 where there is none
   */
  long begin(List<Lowest.Measurement> validations, List<Long> kept, Consumer<String> notices) {
    if (rule == null) {
      return 0;
    }
    lowest = Lowest.ofKept(validations, kept);
    long wanted = new Lowest(validations).step();
    if (wanted != lowest.step()) {
      notices.accept(
          "validation was lowest at step %d, whose weights are not kept; `stop` begins with %s"
              .formatted(
                  wanted,
                  lowest.step() == 0 ? "the next validation" : "that of step " + lowest.step()));
    }
    return lowest.step();
  }

  /** Takes the next one in; whether it is the lowest so far, whose weights are to be kept. */
  boolean isLowest(long step, double loss) {
    if (rule == null) {
      return false;
    }
    lowest.add(new Lowest.Measurement(step, loss));
    return ranks.any(ranks.leads() && lowest.step() == step);
  }

  /** How training ends after this step, if it does. */
  Optional<EarlyEnd> end(long step) {
    if (rule == null || !ranks.any(ranks.leads() && lowest.since() >= rule.patience())) {
      return Optional.empty();
    }
    long best = ranks.fromLeader(lowest.step());
    return Optional.of(new EarlyEnd(step, best, (int) ranks.fromLeader(lowest.since())));
  }
}
