package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.type.Quantity;
import dev.swax.compiler.type.Rational;
import dev.swax.runtime.schedule.Moment;
import dev.swax.runtime.schedule.WindowSchedule;
import java.util.ArrayList;
import java.util.List;

/** Windows that change: {@code sample per batch}, {@code until … then}, {@code ramp}. */
final class Windows {
  private static final int MAXIMUM_PARTS = 250;

  private final Evaluator evaluator;

  Windows(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  private record Drawn(int window, Rational probability) {}

  Value sample(Expression.Sample sample, Scope scope) {
    List<Drawn> drawn = new ArrayList<>();
    Rational sum = Rational.ZERO;
    Span rest = null;
    boolean known = true;
    for (Expression.Outcome outcome : sample.outcomes()) {
      Value window = evaluator.evaluate(outcome.window(), scope, Wanted.SIZE, "a window");
      Expression share = outcome.probability();
      Rational probability = Rational.ZERO.minus(Rational.ONE);
      if (share != null) {
        Value value = evaluator.evaluate(share, scope, Wanted.SHARE, "a probability");
        known &= value instanceof Value.Numeric;
        probability = value instanceof Value.Numeric(Quantity(Rational p, _)) ? p : Rational.ZERO;
        sum = sum.plus(probability);
      } else if (rest != null) {
        return evaluator.report(Code.PROBABILITIES, outcome.span(), "`rest` is given twice", null);
      } else {
        rest = outcome.span();
      }
      known &= window instanceof Value.Numeric;
      if (window instanceof Value.Numeric(Quantity(Rational size, _))) {
        drawn.add(new Drawn((int) size.toLong(), probability));
      }
    }
    return known ? schedule(sample, drawn, sum, rest != null) : Value.UNKNOWN;
  }

  private Value schedule(
      Expression.Sample sample, List<Drawn> drawn, Rational sum, boolean hasRest) {
    int order = sum.compareTo(Rational.ONE);
    if (hasRest ? order > 0 : order != 0) {
      return evaluator.report(
          Code.PROBABILITIES,
          sample.span(),
          hasRest
              ? "the probabilities sum to %s, which leaves nothing for `rest`".formatted(sum)
              : "the probabilities sum to %s, not 1".formatted(sum),
          null);
    }
    Rational left = Rational.ONE.minus(sum);
    List<WindowSchedule.Outcome> outcomes = new ArrayList<>();
    for (Drawn one : drawn) {
      Rational probability = one.probability().signum() < 0 ? left : one.probability();
      outcomes.add(new WindowSchedule.Outcome(one.window(), probability.toDouble()));
    }
    return new Value.Window(new WindowSchedule.Sample(outcomes));
  }

  Value until(Expression.Until until, Scope scope) {
    Value first = evaluator.evaluate(until.first(), scope, Wanted.WINDOW, "before `until`");
    Value at = evaluator.evaluate(until.at(), scope, Wanted.MOMENT, "`until`");
    Value second = evaluator.evaluate(until.second(), scope, Wanted.WINDOW, "after `then`");
    return first instanceof Value.Window(WindowSchedule before)
            && at instanceof Value.Numeric(Quantity moment)
            && second instanceof Value.Window(WindowSchedule after)
        ? small(new WindowSchedule.Until(before, moment(moment), after), until.span())
        : Value.UNKNOWN;
  }

  /** Windows of windows are written out wherever they are used, so a few could make very many. */
  private Value small(WindowSchedule schedule, Span span) {
    return schedule.parts() <= MAXIMUM_PARTS
        ? new Value.Window(schedule)
        : evaluator.report(
            Code.TOO_LARGE,
            span,
            "written out in full, this window has more than %d parts".formatted(MAXIMUM_PARTS),
            null);
  }

  /** {@code ramp(from, to, over)}. */
  static Value ramp(Rational from, Rational to, Quantity over) {
    return new Value.Window(
        new WindowSchedule.Ramp((int) from.toLong(), (int) to.toLong(), moment(over)));
  }

  /** Steps or a percentage, as {@link Wanted#MOMENT} left it. */
  static Moment moment(Quantity quantity) {
    return quantity.dimension().percent()
        ? new Moment.Share(quantity.value().toDouble())
        : new Moment.Step(quantity.value().toLong());
  }
}
