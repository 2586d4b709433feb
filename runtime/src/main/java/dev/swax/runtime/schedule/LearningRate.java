package dev.swax.runtime.schedule;

/**
 * The learning rate of each optimizer step. Steps count from 1, so the first update is not spent on
 * a rate of 0, and the last one has the schedule's end value.
 */
public sealed interface LearningRate {

  /** The same rate at every step. */
  record Constant(double rate) implements LearningRate {}

  /**
   * {@code peak step / warmup} up to step {@code warmup}; then {@code min + (peak - min) / 2 (1 +
   * cos(pi s))} with {@code s = (step - warmup) / (total - warmup)}.
   */
  record WarmupCosine(double peak, double min, long warmup) implements LearningRate {}

  /**
   * {@code peak step / warmup} up to step {@code warmup}, then {@code peak}; over the last {@code
   * decay} share of all steps in a straight line down to {@code min}.
   */
  record WarmupStableDecay(double peak, double min, long warmup, double decay)
      implements LearningRate {
    public WarmupStableDecay {
      if (!(decay >= 0 && decay <= 1)) {
        throw new IllegalArgumentException("a decay share outside 0 to 1: " + decay);
      }
    }

    private double afterWarmup(long step, long total) {
      long steps = Math.round(decay * total);
      long into = step - (total - steps);
      return into <= 0 ? peak : peak + (min - peak) * ((double) into / steps);
    }
  }

  /** The rate of optimizer step {@code step}, 1 to {@code total}. */
  default double at(long step, long total) {
    return switch (this) {
      case Constant(double rate) -> rate;
      case WarmupCosine(double peak, double min, long warmup) -> {
        if (step <= warmup) {
          yield peak * step / warmup;
        }
        double s = (double) (step - warmup) / (total - warmup);
        yield min + (peak - min) / 2 * (1 + StrictMath.cos(Math.PI * s));
      }
      case WarmupStableDecay wsd ->
          step <= wsd.warmup() ? wsd.peak() * step / wsd.warmup() : wsd.afterWarmup(step, total);
    };
  }

  /** As it would be written. */
  default String describe() {
    return switch (this) {
      case Constant(double rate) -> Numbers.shortest(rate);
      case WarmupCosine(double peak, double min, long warmup) ->
          "warmup_cosine(peak: %s, min: %s, warmup: %s step)"
              .formatted(Numbers.shortest(peak), Numbers.shortest(min), warmup);
      case WarmupStableDecay(double peak, double min, long warmup, double decay) ->
          "wsd(peak: %s, min: %s, warmup: %s step, decay: %s%%)"
              .formatted(
                  Numbers.shortest(peak),
                  Numbers.shortest(min),
                  warmup,
                  Numbers.shortest(decay * 100));
    };
  }
}
