package dev.swax.compiler.facts;

import dev.swax.runtime.schedule.WindowSchedule;

/** The expected number of keys under a window: a window longer than the sequence sees all of it. */
final class WindowMean {
  /** A ramp is averaged over so many points at most. */
  private static final long RAMP_POINTS = 10_000;

  private WindowMean() {}

  /** The mean over all steps of training. */
  static double of(WindowSchedule schedule, int sequence, long steps) {
    return sum(schedule, 0, steps, steps, sequence) / steps;
  }

  private static double sum(WindowSchedule schedule, long from, long to, long total, int sequence) {
    if (from >= to) {
      return 0;
    }
    return switch (schedule) {
      case WindowSchedule.Constant(int window) -> (to - from) * (double) Math.min(window, sequence);
      case WindowSchedule.Sample(var outcomes) ->
          (to - from)
              * outcomes.stream()
                  .mapToDouble(o -> o.probability() * Math.min(o.window(), sequence))
                  .sum();
      case WindowSchedule.Until(var first, var moment, var second) -> {
        long border = Math.clamp(moment.steps(total), from, to);
        yield sum(first, from, border, total, sequence) + sum(second, border, to, total, sequence);
      }
      case WindowSchedule.Ramp ramp -> ramp(ramp, from, to, total, sequence);
    };
  }

  private static double ramp(
      WindowSchedule.Ramp ramp, long from, long to, long total, int sequence) {
    long points = Math.min(to - from, RAMP_POINTS);
    double sum = 0;
    for (long i = 0; i < points; i++) {
      long step = from + (to - from) / points * i;
      sum += Math.min(ramp.meanAt(step, total), sequence);
    }
    return sum / points * (to - from);
  }
}
