package dev.swax.grid.report;

import dev.swax.grid.result.Column;
import dev.swax.grid.result.Entry;
import dev.swax.grid.result.GridResult;
import dev.swax.grid.result.Range;
import dev.swax.grid.result.Row;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * The table for programs: one line for each place, numbers at full precision, quoted as RFC 4180
 * says, lines end in LF. A field that has no meaning for its line is empty; {@code status} says
 * why. A text that begins like a formula has an apostrophe before it.
 */
final class CsvReport {
  private static final List<String> FIELDS =
      List.of(
          "grid",
          "row",
          "row_axes",
          "better",
          "column",
          "column_axes",
          "status",
          "reason",
          "mean",
          "seeds",
          "spread",
          "seed_values",
          "samples",
          "standard_error",
          "best",
          "reference",
          "tolerance",
          "difference",
          "within_tolerance",
          "low",
          "high",
          "p");

  private static final String COMPUTED = "=+-@\t\uff1d\uff0b\uff0d\uff20";

  private CsvReport() {}

  static String of(GridResult result) {
    StringBuilder text = new StringBuilder();
    appendLine(text, FIELDS);
    for (int i = 0; i < result.rows().size(); i++) {
      Row row = result.rows().get(i);
      List<Entry> entries = result.entries().get(i);
      BitSet best = best(result, row, entries);
      for (int j = 0; j < entries.size(); j++) {
        Column column = result.columns().get(j);
        List<String> fields = new ArrayList<>();
        fields.add(text(result.name()));
        fields.add(text(row.label()));
        fields.add(text(axes(row.axes())));
        fields.add(better(row.better()));
        fields.add(text(column.label()));
        fields.add(text(axes(column.axes())));
        addValue(fields, entries.get(j), best.get(j));
        addReference(fields, entries.get(j));
        addRange(fields, entries.get(j));
        appendLine(text, fields);
      }
    }
    return text.toString();
  }

  private static void addValue(List<String> fields, Entry entry, boolean best) {
    switch (entry) {
      case Entry.Value value -> {
        fields.addAll(List.of("value", "", number(value.mean())));
        addCounts(fields, value);
        fields.add(numberOrNothing(value.standardError()));
        fields.add(Boolean.toString(best));
      }
      case Entry.Failed failed -> addWords(fields, "failed", failed.reason());
      case Entry.Missing(String reason, var _) ->
          addWords(fields, reason == null ? "not run" : "missing", reason == null ? "" : reason);
      case Entry.NotApplicable none -> addWords(fields, "not applicable", none.reason());
    }
  }

  /** Seeds, spread, the values of the seeds, examples; an interval has only what it was made of. */
  private static void addCounts(List<String> fields, Entry.Value value) {
    Range range = value.range();
    if (range != null) {
      String count = Integer.toString(range.count());
      fields.addAll(
          List.of(range.ofExamples() ? "" : count, "", "", range.ofExamples() ? count : ""));
      return;
    }
    fields.add(Integer.toString(value.seeds().size()));
    fields.add(numberOrNothing(value.spread()));
    fields.add(value.seeds().stream().map(CsvReport::number).collect(Collectors.joining(";")));
    fields.add(value.samples() == 0 ? "" : Long.toString(value.samples()));
  }

  private static void addRange(List<String> fields, Entry entry) {
    if (!(entry instanceof Entry.Value value) || value.range() == null) {
      fields.addAll(List.of("", "", ""));
      return;
    }
    Range range = value.range();
    fields.add(number(range.low()));
    fields.add(number(range.high()));
    fields.add(numberOrNothing(range.p()));
  }

  /** Of the columns that tables show. */
  private static BitSet best(GridResult result, Row row, List<Entry> entries) {
    List<Integer> shown = result.shown();
    List<Entry> competing = shown.stream().map(entries::get).toList();
    BitSet best = new BitSet();
    Best.of(row, competing, NumberStyle.of(row, competing)).stream()
        .map(shown::get)
        .forEach(best::set);
    return best;
  }

  private static void addWords(List<String> fields, String status, String reason) {
    fields.addAll(List.of(status, text(reason), "", "", "", "", "", "", ""));
  }

  private static void addReference(List<String> fields, Entry entry) {
    Entry.Reference reference = entry.reference();
    if (reference == null) {
      fields.addAll(List.of("", "", "", ""));
      return;
    }
    Comparison comparison = Comparison.of(entry, reference);
    fields.add(number(reference.value()));
    fields.add(numberOrNothing(reference.tolerance()));
    fields.add(numberOrNothing(comparison.difference()));
    fields.add(
        switch (comparison.verdict()) {
          case WITHIN -> "true";
          case OUTSIDE -> "false";
          case OPEN -> "";
        });
  }

  private static String better(Row.Better better) {
    return switch (better) {
      case LOWER -> "lower";
      case HIGHER -> "higher";
      case UNSTATED -> "";
    };
  }

  private static String axes(SequencedMap<String, String> axes) {
    return axes.entrySet().stream()
        .map(axis -> axis.getKey() + "=" + axis.getValue())
        .collect(Collectors.joining(";"));
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String numberOrNothing(double value) {
    return Double.isNaN(value) ? "" : number(value);
  }

  private static void appendLine(StringBuilder text, List<String> fields) {
    text.append(fields.stream().map(CsvReport::quote).collect(Collectors.joining(",")))
        .append('\n');
  }

  /** A text that spreadsheets take for one: what they would compute has an apostrophe before it. */
  static String text(String text) {
    String shown = Characters.printableLines(text);
    return !shown.isEmpty() && COMPUTED.indexOf(shown.charAt(0)) >= 0 ? "'" + shown : shown;
  }

  /** In quotes where it holds a comma, a quote or a line's end; its quotes doubled. */
  static String quote(String field) {
    boolean special = field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return special ? '"' + field.replace("\"", "\"\"") + '"' : field;
  }
}
