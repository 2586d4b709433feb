package dev.swax.compiler.analyze.train;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Fields;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.source.Span;
import dev.swax.runtime.train.EarlyStop;
import java.util.Optional;

/** The key {@code stop}, and whether validation is measured often enough for it. */
final class Stops {
  private final Evaluator evaluator;
  private final Fields fields;
  private final Span place;

  Stops(Evaluator evaluator, Fields fields, Span place) {
    this.evaluator = evaluator;
    this.fields = fields;
    this.place = place;
  }

  /** The rule for so many steps, validated every so many; empty where none is written. */
  Optional<EarlyStop> build(long steps, long every) {
    if (!(fields.value("stop").orElse(Value.UNKNOWN) instanceof Value.Stop(EarlyStop rule))) {
      return Optional.empty();
    }
    if (every == 0) {
      evaluator.report(
          Code.STOP_WITHOUT_VALIDATION,
          fields.span("stop", place),
          "`stop` compares validations, but with `validate_every = 0 step` the only one is at the end",
          "`validate_every = %d step`".formatted(often(rule, steps)));
    } else if ((steps - 1) / every <= rule.patience()) {
      evaluator.report(
          Code.STOP_TOO_LATE,
          fields.span("stop", place),
          "validation is measured %d times before the last step, but to stall for %d takes %d: training never stops early"
              .formatted((steps - 1) / every, rule.patience(), rule.patience() + 1L),
          steps - 1 > rule.patience()
              ? "`validate_every = %d step` or less".formatted(often(rule, steps))
              : null);
    }
    return Optional.of(rule);
  }

  /** The most steps between validations with which the rule can end a training of so many. */
  private static long often(EarlyStop rule, long steps) {
    return Math.max(1, (steps - 1) / (rule.patience() + 1L));
  }
}
