package dev.swax.compiler.analyze.train;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Fields;
import dev.swax.compiler.analyze.evaluate.RecipeCall;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.type.Quantity;
import dev.swax.compiler.type.Rational;
import dev.swax.runtime.schedule.LearningRate;
import java.util.Optional;

/** Learning rates for a training of so many steps. */
final class Rates {
  private final Evaluator evaluator;
  // 0 where it is not known how many there are.
  private final long steps;

  Rates(Evaluator evaluator, long steps) {
    this.evaluator = evaluator;
    this.steps = steps;
  }

  /** The schedule, or empty after a report. */
  Optional<LearningRate> build(Value.Built built) {
    if (built.constructor() == RecipeCall.CONSTANT) {
      return Optional.of(new LearningRate.Constant(real(built, "rate")));
    }
    double peak = real(built, "peak");
    double least = real(built, "min");
    long warmup = warmup(built);
    boolean ordered = least >= 0 && least <= peak;
    if (!ordered) {
      evaluator.report(
          Code.OUT_OF_RANGE,
          Fields.span(built, "min"),
          "`min` must be between 0 and `peak` (%s), but this is %s"
              .formatted(text(built, "peak"), text(built, "min")),
          null);
    }
    boolean stable = built.constructor() == RecipeCall.WSD;
    double decay = stable ? real(built, "decay") : 0;
    long decaySteps = Math.round(decay * steps);
    if (steps > 0 && (warmup + decaySteps > steps || warmup >= steps)) {
      return tooLong(built, warmup, decaySteps);
    }
    if (!ordered) {
      return Optional.empty();
    }
    return Optional.of(
        stable
            ? new LearningRate.WarmupStableDecay(peak, least, warmup, decay)
            : new LearningRate.WarmupCosine(peak, least, warmup));
  }

  private Optional<LearningRate> tooLong(Value.Built built, long warmup, long decay) {
    Span span = Fields.span(built, "warmup");
    evaluator.report(
        Code.WARMUP_TOO_LONG,
        span,
        decay == 0
            ? "the warmup takes %d step, but training has only %d".formatted(warmup, steps)
            : "warmup and decay take %d and %d step, but training has only %d"
                .formatted(warmup, decay, steps),
        "`warmup: 5%`");
    return Optional.empty();
  }

  private long warmup(Value.Built built) {
    return Fields.quantity(built, "warmup").map(this::wholeSteps).orElseThrow();
  }

  private long wholeSteps(Quantity quantity) {
    return quantity.dimension().percent()
        ? quantity.value().times(Rational.of(steps)).rounded().toLong()
        : quantity.value().toLong();
  }

  private static double real(Value.Built built, String argument) {
    return Fields.real(built, argument).orElseThrow();
  }

  private static String text(Value.Built built, String argument) {
    return Fields.number(built, argument).map(Rational::toString).orElseThrow();
  }
}
