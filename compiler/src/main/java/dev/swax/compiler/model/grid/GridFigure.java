package dev.swax.compiler.model.grid;

import java.util.List;

/** A figure that a grid asks for. Rows are numbered from 0. */
public sealed interface GridFigure {
  String title();

  /**
   * Rows against an axis.
   *
   * @param axis a name that a {@code for} of the rows binds, or of the columns
   * @param ofRows whether it is one of the rows
   */
  record Lines(String title, String axis, boolean ofRows, List<Integer> rows)
      implements GridFigure {
    public Lines {
      rows = List.copyOf(rows);
    }
  }

  /** One row against another, one point a column. */
  record Scatter(String title, int x, int y) implements GridFigure {}

  /** The loss of each training run. */
  record Curves(String title) implements GridFigure {}
}
