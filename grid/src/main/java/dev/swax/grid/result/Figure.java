package dev.swax.grid.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A figure that a grid asks for. */
public sealed interface Figure {
  String title();

  /**
   * A row's value against an axis of rows, one line a column: accuracy against length.
   *
   * @param quantity what the values of the axis count; null where that is not known
   */
  record AgainstRows(String title, String axis, @Nullable String quantity, List<Integer> rows)
      implements Figure {
    public AgainstRows {
      rows = List.copyOf(rows);
    }
  }

  /**
   * A row's value against an axis of columns, one line a row: quality against window.
   *
   * @param quantity what the values of the axis count; null where that is not known
   */
  record AgainstColumns(String title, String axis, @Nullable String quantity, List<Integer> rows)
      implements Figure {
    public AgainstColumns {
      rows = List.copyOf(rows);
    }
  }

  /** One row against another, one point a column: short against long context. */
  record Scatter(String title, int x, int y) implements Figure {}

  /** What each training run measured, against its tokens. */
  record Curves(String title, Course course) implements Figure {}
}
