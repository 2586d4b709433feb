package dev.swax.grid.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a report shows.
 *
 * @param title as the file says it, else the name
 * @param entries [rows][columns]
 * @param referenceName the file of printed values, or null
 * @param assumptions one sentence each
 * @param notes sentences under the table, in order: what the comparison with the reference found
 */
public record GridResult(
    String name,
    String title,
    List<Column> columns,
    List<Row> rows,
    List<List<Entry>> entries,
    @Nullable String referenceName,
    List<Figure> figures,
    List<TrainedRun> runs,
    List<String> assumptions,
    List<String> notes) {
  public GridResult {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    entries = entries.stream().map(List::copyOf).toList();
    figures = List.copyOf(figures);
    runs = List.copyOf(runs);
    assumptions = List.copyOf(assumptions);
    notes = List.copyOf(notes);
    for (List<Entry> row : entries) {
      if (row.size() != columns.size() || entries.size() != rows.size()) {
        throw new IllegalArgumentException(
            "%d rows with %d entries for %d rows and %d columns"
                .formatted(entries.size(), row.size(), rows.size(), columns.size()));
      }
    }
  }

  public Entry entry(int row, int column) {
    return entries.get(row).get(column);
  }
}
