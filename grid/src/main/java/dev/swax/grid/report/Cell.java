package dev.swax.grid.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One place of a table as text, the same in every format. */
sealed interface Cell {
  @Nullable Compared compared();

  /**
   * A number.
   *
   * @param spread standard deviation over the seeds, or null for fewer than two
   * @param details what else is known of it: its standard error, counts that its row does not state
   */
  record Numeric(
      String value,
      @Nullable String spread,
      List<String> details,
      boolean best,
      @Nullable Compared compared)
      implements Cell {
    public Numeric {
      details = List.copyOf(details);
    }
  }

  /** No number, and why: never left blank. */
  record Words(Kind kind, String text, @Nullable Compared compared) implements Cell {}

  enum Kind {
    FAILED,
    NOT_RUN,
    NOT_APPLICABLE
  }

  /**
   * The printed value.
   *
   * @param difference ours less that, or null where we have none
   */
  record Compared(String value, @Nullable String difference, Comparison.Verdict verdict) {}
}
