package dev.swax.grid.report;

import dev.swax.grid.result.GridResult;
import java.util.List;

/** What every format shows: the result, its table as text, its figures drawn. */
record Report(GridResult result, Table table, List<Drawing> drawings) {
  Report {
    drawings = List.copyOf(drawings);
  }

  /**
   * A figure, drawn.
   *
   * @param file its name in the folder {@code figures}
   * @param caption what the figure leaves out and how to read it; may be empty
   * @param svg a whole SVG document without a prolog
   * @param folded whether a page shows it when it is asked to: it says more of another figure
   */
  record Drawing(String file, String title, String caption, String svg, boolean folded) {}
}
