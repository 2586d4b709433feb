package dev.swax.runtime.schedule;

import org.jspecify.annotations.Nullable;

/**
 * What part of training a source has.
 *
 * @param until when it becomes {@code then}; null: never
 */
public record Share(double of, @Nullable Moment until, double then) {
  /** At a step, counted from 0. */
  public double at(long step, long total) {
    return until == null || step < until.steps(total) ? of : then;
  }

  /** As it is written: {@code 70% until 50% then 30%}. */
  public String describe() {
    String first = percent(of);
    return until == null
        ? first
        : "%s until %s then %s".formatted(first, until.describe(), percent(then));
  }

  private static String percent(double share) {
    return Numbers.shortest(share * 100) + "%";
  }
}
