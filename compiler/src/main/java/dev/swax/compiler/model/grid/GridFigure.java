package dev.swax.compiler.model.grid;

import java.util.List;
import java.util.Locale;

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

  /** What each training run measured while it went on. */
  record Curves(String title, Course course) implements GridFigure {}

  /** What is measured again and again while a model is trained. */
  enum Course {
    /** The loss of each step. */
    LOSS,
    /** The norm of the states, with each validation. */
    STATE,
    /** The share of attention on the most recent keys, with each validation. */
    RECENT;

    /** As it is written. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
