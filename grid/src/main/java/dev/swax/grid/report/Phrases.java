package dev.swax.grid.report;

import dev.swax.grid.result.Expectation;
import dev.swax.grid.result.GridResult;
import dev.swax.grid.result.TrainedRun;
import java.util.List;

/** Wordings that several formats share. */
final class Phrases {
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

  /** One sentence each. */
  static List<String> expectations(GridResult result) {
    return result.expectations().stream().map(Expectation::sentence).toList();
  }

  /** "SWAX:128, seed 1 (3f2a…)". */
  static String run(TrainedRun run) {
    return "%s, seed %s (%s)".formatted(run.column(), run.seed(), run.identity());
  }
}
