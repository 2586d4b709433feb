package dev.swax.compiler.analyze.train;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.DataPlan;
import dev.swax.compiler.model.WindowVariable;
import dev.swax.compiler.source.Span;
import dev.swax.runtime.schedule.Moment;
import dev.swax.runtime.schedule.Share;
import dev.swax.runtime.schedule.WindowSchedule;
import java.util.Optional;

/** Warns of what would begin only after the last step: the end of a window, of a curriculum. */
final class Unreached {
  private final Evaluator evaluator;
  private final long steps;

  Unreached(Evaluator evaluator, long steps) {
    this.evaluator = evaluator;
    this.steps = steps;
  }

  /** Whether a part of the window is trained in no step, of which it warns. */
  boolean warnOf(WindowVariable window) {
    Optional<Never> never = never(window.schedule(), 0, steps);
    never.ifPresent(part ->
        warn(
            window.span(),
            "`%s` never comes to `%s`: `until %s`"
                .formatted(window.name(), part.second().describe(), part.moment().describe()),
            part.end()));
    return never.isPresent();
  }

  /**
   * What would begin at a moment.
   *
   * @param end the step before which it would have to begin
   */
  private record Never(Moment moment, WindowSchedule second, long end) {}

  /** Of the parts of a window that is used in steps {@code from .. to}, of which there is one. */
  private Optional<Never> never(WindowSchedule schedule, long from, long to) {
    if (!(schedule instanceof WindowSchedule.Until(var first, Moment moment, var second))) {
      return Optional.empty();
    }
    if (isBehind(moment, to)) {
      return Optional.of(new Never(moment, second, to));
    }
    long border = Math.clamp(moment.steps(steps), from, to);
    Optional<Never> later = border < to ? never(second, border, to) : Optional.empty();
    return later.isPresent() || border == from ? later : never(first, from, border);
  }

  /** Warns of tasks and shares that are trained in no step. */
  void warnOf(DataPlan data) {
    switch (data) {
      case DataPlan.Text _ -> {}
      case DataPlan.Examples examples -> ofCurriculum(examples);
      case DataPlan.Mixture mixture -> {
        mixture.mixed().stream()
            .map(part -> part.share())
            .filter(share -> share.until() != null)
            .findFirst()
            .ifPresent(share -> ofShares(mixture, share));
        mixture.parts().forEach(this::warnOf);
      }
    }
  }

  private void ofCurriculum(DataPlan.Examples data) {
    if (data.examples().earlier().isEmpty()) {
      return;
    }
    Moment last = data.examples().earlier().getLast().until();
    if (isBehind(last, steps)) {
      String fact = "`%s` never comes to its `task`: `before(%s, …)`";
      warn(data.span(), fact.formatted(data.name(), last.describe()), steps);
    }
  }

  private void ofShares(DataPlan.Mixture mixture, Share share) {
    Moment from = share.until();
    if (from != null && isBehind(from, steps)) {
      String fact = "`%s` never comes to its later shares: `from: %s`";
      warn(mixture.span(), fact.formatted(mixture.name(), from.describe()), steps);
    }
  }

  /** Where steps are so few that a share of them rounds to all, nobody has to be told. */
  private boolean isBehind(Moment moment, long end) {
    return switch (moment) {
      case Moment.Step(long step) -> step >= end;
      case Moment.Share(double share) -> share * steps >= end;
    };
  }

  private void warn(Span span, String fact, long end) {
    evaluator.report(
        Code.NEVER_REACHED,
        span,
        "%s leaves it none of the %d steps".formatted(fact, steps),
        "an earlier moment, before %d step".formatted(end));
  }
}
