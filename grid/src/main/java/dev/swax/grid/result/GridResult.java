package dev.swax.grid.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a report shows.
 *
 * @param title as the file says it, else the name
 * @param entries [rows][columns]
 * @param referenceName the file of printed values, or null
 * @param assumptions one sentence each
 * @param expectations in the order of the file
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
    List<String> notes,
    List<Expectation> expectations) {
  public GridResult {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    entries = entries.stream().map(List::copyOf).toList();
    figures = List.copyOf(figures);
    runs = List.copyOf(runs);
    assumptions = List.copyOf(assumptions);
    notes = List.copyOf(notes);
    expectations = List.copyOf(expectations);
    for (List<Entry> row : entries) {
      if (row.size() != columns.size() || entries.size() != rows.size()) {
        throw new IllegalArgumentException(
            "%d rows with %d entries for %d rows and %d columns"
                .formatted(entries.size(), row.size(), rows.size(), columns.size()));
      }
    }
  }

  /** The columns that tables show, numbered from 0. */
  public List<Integer> shown() {
    return IntStream.range(0, columns.size())
        .filter(column -> !columns.get(column).candidate())
        .boxed()
        .toList();
  }

  /** One sentence for each thing that is lacked, with the places that need it. */
  public List<String> missing() {
    return reasons(entry -> entry instanceof Entry.Missing missing ? missing.reason() : null);
  }

  /** One sentence for each reason that is found in an entry, with the places that have it. */
  public List<String> reasons(Function<Entry, @Nullable String> of) {
    SequencedMap<String, SequencedMap<String, List<String>>> places = new LinkedHashMap<>();
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < columns.size(); column++) {
        String reason = of.apply(entry(row, column));
        if (reason != null) {
          places
              .computeIfAbsent(reason, _ -> new LinkedHashMap<>())
              .computeIfAbsent(rows.get(row).label(), _ -> new ArrayList<>())
              .add(columns.get(column).label());
        }
      }
    }
    List<String> sentences = new ArrayList<>();
    places.forEach((reason, needed) -> sentences.add(needed(needed) + ": " + reason));
    return sentences;
  }

  /** Rows that need the same columns together. */
  private String needed(SequencedMap<String, List<String>> rowsWithColumns) {
    SequencedMap<List<String>, List<String>> together = new LinkedHashMap<>();
    rowsWithColumns.forEach(
        (row, needing) -> together.computeIfAbsent(needing, _ -> new ArrayList<>()).add(row));
    List<String> parts = new ArrayList<>();
    together.forEach((needing, labels) ->
        parts.add(
            String.join(", ", labels)
                + (needing.size() == columns.size() ? "" : " of " + String.join(", ", needing))));
    return String.join("; ", parts);
  }

  public Entry entry(int row, int column) {
    return entries.get(row).get(column);
  }
}
