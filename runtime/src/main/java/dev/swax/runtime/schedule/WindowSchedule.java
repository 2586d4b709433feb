package dev.swax.runtime.schedule;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/**
 * The value of a window over training. A window of w means w keys, the current token included.
 *
 * <p>Steps count from 0. Every step hands in one uniform draw of [0, 1), used or not, so that two
 * runs with the same seed and different schedules stay at the same position of the stream.
 */
public sealed interface WindowSchedule {

  /** The same window at every step. */
  record Constant(int window) implements WindowSchedule {
    public Constant {
      requirePositive(window);
    }
  }

  /** One of the outcomes, drawn anew for each batch. The probabilities sum to 1. */
  record Sample(List<Outcome> outcomes) implements WindowSchedule {
    public Sample {
      outcomes = List.copyOf(outcomes);
      double sum = outcomes.stream().mapToDouble(Outcome::probability).sum();
      if (outcomes.isEmpty() || Math.abs(sum - 1) > 1e-9) {
        throw new IllegalArgumentException("probabilities sum to " + sum + ", not 1");
      }
    }
  }

  /** A window and how often it is drawn. */
  record Outcome(int window, double probability) {
    public Outcome {
      requirePositive(window);
      if (!(probability >= 0 && probability <= 1)) {
        throw new IllegalArgumentException("a probability outside 0 to 1: " + probability);
      }
    }
  }

  /** {@code first} before the moment, {@code second} from it on. Both see whole-run steps. */
  record Until(WindowSchedule first, Moment moment, WindowSchedule second)
      implements WindowSchedule {}

  /**
   * From {@code from} at step 0 in equal parts to {@code to} at the last step before {@code over},
   * rounded to whole keys; {@code to} from then on.
   */
  record Ramp(int from, int to, Moment over) implements WindowSchedule {
    public Ramp {
      requirePositive(from);
      requirePositive(to);
    }

    private int at(long step, long total) {
      long last = over.steps(total) - 1;
      return step >= last ? to : (int) Math.round(from + (to - from) * ((double) step / last));
    }
  }

  /** The window of a step. */
  default int at(long step, long total, double draw) {
    return switch (this) {
      case Constant(int window) -> window;
      case Sample(var outcomes) -> pick(outcomes, draw);
      case Until(var first, var moment, var second) ->
          (step < moment.steps(total) ? first : second).at(step, total, draw);
      case Ramp ramp -> ramp.at(step, total);
    };
  }

  /** The expected window of a step. */
  default double meanAt(long step, long total) {
    return switch (this) {
      case Constant(int window) -> window;
      case Sample(var outcomes) ->
          outcomes.stream().mapToDouble(o -> o.window() * o.probability()).sum();
      case Until(var first, var moment, var second) ->
          (step < moment.steps(total) ? first : second).meanAt(step, total);
      case Ramp ramp -> ramp.at(step, total);
    };
  }

  /** The expected window over all of training: the mean of {@link #meanAt} over its steps. */
  default double mean(long total) {
    return sum(0, total, total) / total;
  }

  /** The sum of {@link #meanAt} over steps {@code from .. to}. */
  private double sum(long from, long to, long total) {
    if (from >= to) {
      return 0;
    }
    return switch (this) {
      case Constant _, Sample _ -> (to - from) * meanAt(from, total);
      case Until(var first, var moment, var second) -> {
        long border = Math.clamp(moment.steps(total), from, to);
        yield first.sum(from, border, total) + second.sum(border, to, total);
      }
      case Ramp ramp -> {
        long end = Math.clamp(ramp.over().steps(total), from, to);
        double sum = (to - end) * (double) ramp.to();
        for (long step = from; step < end; step++) {
          sum += ramp.at(step, total);
        }
        yield sum;
      }
    };
  }

  /** Every window that training can meet, in the order of first meeting. */
  default List<Integer> support(long total) {
    SequencedSet<Integer> windows = new LinkedHashSet<>();
    collect(0, total, total, windows);
    return new ArrayList<>(windows);
  }

  private void collect(long from, long to, long total, SequencedSet<Integer> windows) {
    if (from >= to) {
      return;
    }
    switch (this) {
      case Constant(int window) -> windows.add(window);
      case Sample(var outcomes) ->
          outcomes.stream()
              .filter(o -> o.probability() > 0)
              .forEachOrdered(o -> windows.add(o.window()));
      case Until(var first, var moment, var second) -> {
        long border = Math.clamp(moment.steps(total), from, to);
        first.collect(from, border, total, windows);
        second.collect(border, to, total, windows);
      }
      case Ramp ramp -> {
        for (long step = from; step < Math.min(to, ramp.over().steps(total)); step++) {
          windows.add(ramp.at(step, total));
        }
        windows.add(ramp.at(to - 1, total));
      }
    }
  }

  /** Of how many windows this is made, written out in full. */
  default int parts() {
    return switch (this) {
      case Constant _, Ramp _ -> 1;
      case Sample(var outcomes) -> outcomes.size();
      case Until(var first, _, var second) -> first.parts() + second.parts();
    };
  }

  /** The largest window that is written anywhere in the schedule: what buffers are sized for. */
  default int max() {
    return switch (this) {
      case Constant(int window) -> window;
      case Sample(var outcomes) -> outcomes.stream().mapToInt(Outcome::window).max().orElseThrow();
      case Until(var first, _, var second) -> Math.max(first.max(), second.max());
      case Ramp(int from, int to, _) -> Math.max(from, to);
    };
  }

  /** The window of a test where none is given: the last one trained, the largest where sampled. */
  default int testValue() {
    return switch (this) {
      case Constant(int window) -> window;
      case Sample _ -> max();
      case Until(_, _, var second) -> second.testValue();
      case Ramp(_, int to, _) -> to;
    };
  }

  /** As it would be written. */
  default String describe() {
    return switch (this) {
      case Constant(int window) -> Integer.toString(window);
      case Sample(var outcomes) ->
          outcomes.stream()
              .map(o -> o.window() + ": " + Numbers.shortest(o.probability()))
              .collect(Collectors.joining(", ", "sample per batch { ", " }"));
      case Until(var first, var moment, var second) ->
          first.describe() + " until " + moment.describe() + " then " + second.describe();
      case Ramp(int from, int to, var over) ->
          "ramp(from: " + from + ", to: " + to + ", over: " + over.describe() + ")";
    };
  }

  private static int pick(List<Outcome> outcomes, double draw) {
    double below = 0;
    int last = outcomes.getFirst().window();
    for (Outcome outcome : outcomes) {
      if (outcome.probability() == 0) {
        continue;
      }
      below += outcome.probability();
      last = outcome.window();
      if (draw < below) {
        return last;
      }
    }
    return last; // the probabilities summed to a hair under 1
  }

  private static void requirePositive(int window) {
    if (window < 1) {
      throw new IllegalArgumentException("a window of " + window + " keys");
    }
  }
}
