package dev.swax.runtime.schedule;

/** A point of a training run, counted in optimizer steps from its start. */
public sealed interface Moment {
  /** After so many steps. */
  record Step(long steps) implements Moment {
    public Step {
      if (steps < 0) {
        throw new IllegalArgumentException("a moment before the start: step " + steps);
      }
    }
  }

  /** After that share of all steps, 0 to 1. */
  record Share(double share) implements Moment {
    public Share {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("a share outside 0 to 1: " + share);
      }
    }
  }

  /** How many of {@code total} steps lie before this moment; rounded to the nearest. */
  default long steps(long total) {
    return switch (this) {
      case Step(long steps) -> Math.min(steps, total);
      case Share(double share) -> Math.round(share * total);
    };
  }

  /** As it is written: {@code 90%} or {@code 2000 step}. */
  default String describe() {
    return switch (this) {
      case Step(long steps) -> steps + " step";
      case Share(double share) -> Numbers.shortest(share * 100) + "%";
    };
  }
}
