package dev.swax.grid.report;

import dev.swax.grid.result.Row;
import java.util.List;

/**
 * A grid's table as text: rows are measures, columns are models.
 *
 * @param legend sentences that say how to read what occurs in it
 */
record Table(List<String> columns, List<Line> lines, List<String> legend) {
  Table {
    columns = List.copyOf(columns);
    lines = List.copyOf(lines);
    legend = List.copyOf(legend);
  }

  /**
   * One measure.
   *
   * @param counts what holds for all its numbers: how many examples, how many seeds
   */
  record Line(String label, Row.Better better, List<String> counts, List<Cell> cells) {
    Line {
      counts = List.copyOf(counts);
      cells = List.copyOf(cells);
    }

    /** What holds for all its numbers, in one text. */
    String count() {
      return String.join(", ", counts);
    }

    /** The label and which way is better: "val_ppl ↓". */
    String head() {
      return switch (better) {
        case LOWER -> label + "\u00A0↓";
        case HIGHER -> label + "\u00A0↑";
        case UNSTATED -> label;
      };
    }
  }
}
