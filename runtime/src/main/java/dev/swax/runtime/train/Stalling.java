package dev.swax.runtime.train;

import dev.swax.runtime.rank.Ranks;
import java.util.List;
import java.util.Optional;
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

  /** Begins with what has been validated; returns the step to be kept, 0 where there is none. */
  long begin(List<Lowest.Measurement> validations) {
    lowest = new Lowest(rule == null ? List.of() : validations);
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
