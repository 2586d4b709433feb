package dev.swax.compiler.analyze.train;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.model.WindowVariable;
import dev.swax.compiler.source.Span;
import dev.swax.runtime.schedule.Moment;
import dev.swax.runtime.schedule.WindowSchedule;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Warnings about windows that training makes pointless. */
final class WindowChecks {
  private static final int MOST_LISTED = 8;

  private WindowChecks() {}

  /** {@code testSpan} is where the test window is written, or null where it follows. */
  static void check(
      Evaluator evaluator,
      WindowVariable window,
      long steps,
      int sequence,
      Span sequenceSpan,
      int test,
      @Nullable Span testSpan) {
    int largest = window.schedule().max();
    if (largest > sequence) {
      evaluator
          .diagnostics()
          .report(exceeds(window.name(), largest, window.span(), sequence, sequenceSpan));
    }
    boolean told = new Unreached(evaluator, steps).warnOf(window) && testSpan == null;
    if (!told && !trains(window.schedule(), 0, steps, steps, test)) {
      evaluator.report(
          Code.TEST_WINDOW_NOT_TRAINED,
          testSpan == null ? window.span() : testSpan,
          "`%s` is tested with a window of %d keys, but trained only with %s"
              .formatted(window.name(), test, trained(window.schedule(), steps)),
          null);
    }
  }

  /** Said at the window, or at the sequence where the window lies in another file. */
  private static Diagnostic exceeds(
      String name, int window, Span windowSpan, int sequence, Span sequenceSpan) {
    boolean here = windowSpan.file().equals(sequenceSpan.file());
    return new Diagnostic(
        Code.WINDOW_EXCEEDS_SEQUENCE,
        here ? windowSpan : sequenceSpan,
        "`%s` sees %d keys, but a sequence has only %d tokens, so this is full attention"
            .formatted(name, window, sequence),
        List.of(
            here
                ? new Diagnostic.Note(sequenceSpan, "`seq` comes from here")
                : new Diagnostic.Note(windowSpan, "`%s` comes from here".formatted(name))),
        null);
  }

  /** Whether steps {@code from .. to} can meet the window; without listing every step. */
  private static boolean trains(
      WindowSchedule schedule, long from, long to, long total, int window) {
    if (from >= to) {
      return false;
    }
    return switch (schedule) {
      case WindowSchedule.Constant(int only) -> only == window;
      case WindowSchedule.Sample(var outcomes) ->
          outcomes.stream().anyMatch(o -> o.window() == window && o.probability() > 0);
      case WindowSchedule.Until(var first, Moment moment, var second) -> {
        long border = Math.clamp(moment.steps(total), from, to);
        yield trains(first, from, border, total, window)
            || trains(second, border, to, total, window);
      }
      case WindowSchedule.Ramp(int start, int end, _) ->
          Math.min(start, end) <= window && window <= Math.max(start, end);
    };
  }

  private static String trained(WindowSchedule schedule, long steps) {
    if (schedule instanceof WindowSchedule.Ramp || hasRamp(schedule)) {
      return schedule.describe();
    }
    List<Integer> support = schedule.support(steps);
    String listed =
        support.stream().limit(MOST_LISTED).map(String::valueOf).collect(Collectors.joining(", "));
    return support.size() > MOST_LISTED ? listed + ", …" : listed;
  }

  private static boolean hasRamp(WindowSchedule schedule) {
    return switch (schedule) {
      case WindowSchedule.Ramp _ -> true;
      case WindowSchedule.Until(var first, _, var second) -> hasRamp(first) || hasRamp(second);
      case WindowSchedule.Constant _, WindowSchedule.Sample _ -> false;
    };
  }
}
