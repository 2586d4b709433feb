package dev.swax.grid.report;

import dev.swax.grid.result.Entry;
import dev.swax.grid.result.Expectation;
import dev.swax.grid.result.GridResult;
import dev.swax.grid.result.TrainedRun;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Wordings that several formats share. */
final class Phrases {
  private static final int LONGEST_IN_TABLE = 40;
  private static final int MOST_NAMED = 6;

  private Phrases() {}

  /** "ref 3.029 (+0.051 ✗)". */
  static String compared(Cell.Compared compared) {
    String difference = compared.difference();
    return "ref "
        + compared.value()
        + (difference == null ? "" : " (" + difference + mark(compared.verdict()) + ")");
  }

  private static String mark(Comparison.Verdict verdict) {
    return switch (verdict) {
      case OUTSIDE -> " ✗";
      case WITHIN -> " ✓";
      case OPEN -> "";
    };
  }

  /** Whether a reason may stand in a place of the table. */
  static boolean fits(String reason) {
    return reason.length() <= LONGEST_IN_TABLE && !reason.contains("\n");
  }

  /** Why places failed whose reasons are too long for the table. */
  static List<String> failures(GridResult result) {
    return result.reasons(
        entry -> entry instanceof Entry.Failed failed ? tooLong(failed.reason()) : null);
  }

  /** Why places have no value whose reasons are too long for the table. */
  static List<String> notApplicable(GridResult result) {
    return result.reasons(
        entry -> entry instanceof Entry.NotApplicable none ? tooLong(none.reason()) : null);
  }

  private static @Nullable String tooLong(String reason) {
    return fits(reason) ? null : reason;
  }

  /** As many as one reads, and how many more there are. */
  static String list(List<String> names) {
    int more = names.size() - MOST_NAMED;
    return more <= 2
        ? String.join(", ", names)
        : "%s and %d more".formatted(String.join(", ", names.subList(0, MOST_NAMED)), more);
  }

  /** One sentence each. */
  static List<String> expectations(GridResult result) {
    return result.expectations().stream().map(Expectation::sentence).toList();
  }

  /** "SWAX:128, seed 1 (3f2a…): width 128, rate 0.003, …". */
  static String runWithFacts(TrainedRun run) {
    return run(run) + (run.facts().isEmpty() ? "" : ": " + String.join(", ", run.facts()));
  }

  /** "SWAX:128, seed 1 (3f2a…)". */
  static String run(TrainedRun run) {
    return "%s, seed %s (%s)".formatted(run.column(), run.seed(), run.identity());
  }
}
