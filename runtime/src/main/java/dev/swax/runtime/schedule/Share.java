package dev.swax.runtime.schedule;

import org.jspecify.annotations.Nullable;

/**
 * What part of training a source has.
 *
 * @param until when it begins to change; null: never
 * @param then what it becomes
 * @param reached when it is that, after a straight line; null: at once
 */
public record Share(double of, @Nullable Moment until, double then, @Nullable Moment reached) {
  /** One that changes at once. */
  public Share(double of, @Nullable Moment until, double then) {
    this(of, until, then, null);
  }

  /** At a step, counted from 0. */
  public double at(long step, long total) {
    if (until == null || step < until.steps(total)) {
      return of;
    }
    long from = until.steps(total);
    long to = reached == null ? from : reached.steps(total);
    return step >= to ? then : of + (then - of) * ((double) (step - from) / (to - from));
  }

  /** As it is written: {@code 70% until 50% then 30%}, {@code 70% until 50% then to 30% at 80%}. */
  public String describe() {
    String first = percent(of);
    if (until == null) {
      return first;
    }
    return reached == null
        ? "%s until %s then %s".formatted(first, until.describe(), percent(then))
        : "%s until %s then to %s at %s"
            .formatted(first, until.describe(), percent(then), reached.describe());
  }

  /** A share as a percentage. */
  public static String percent(double share) {
    return Numbers.shortest(share * 100) + "%";
  }
}
