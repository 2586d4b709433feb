package dev.swax.grid.report;

import dev.swax.grid.result.Column;
import dev.swax.grid.result.Entry;
import dev.swax.grid.result.GridResult;
import dev.swax.grid.result.Range;
import dev.swax.grid.result.Row;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns a result into the text of its table. */
final class TableBuilder {
  private TableBuilder() {}

  static Table of(GridResult result) {
    List<Table.Line> lines = new ArrayList<>();
    List<Integer> shown = result.shown();
    for (int i = 0; i < result.rows().size(); i++) {
      List<Entry> entries = result.entries().get(i);
      lines.add(line(result.rows().get(i), shown.stream().map(entries::get).toList()));
    }
    List<String> columns = shown.stream().map(result.columns()::get).map(Column::label).toList();
    return new Table(columns, lines, Legend.of(result));
  }

  private static Table.Line line(Row row, List<Entry> entries) {
    NumberStyle style = NumberStyle.of(row, entries);
    BitSet best = Best.of(row, entries, style);
    List<Entry.Value> values =
        entries.stream()
            .filter(Entry.Value.class::isInstance)
            .map(Entry.Value.class::cast)
            .toList();
    String samples = common(values.stream().map(TableBuilder::samples).toList());
    String seeds = common(values.stream().map(TableBuilder::seeds).toList());
    List<String> counts = new ArrayList<>();
    addIfStated(counts, samples);
    addIfStated(counts, seeds);
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      cells.add(cell(entries.get(i), style, best.get(i), samples == null, seeds == null));
    }
    return new Table.Line(row.label(), row.better(), counts, cells);
  }

  private static Cell cell(
      Entry entry, NumberStyle style, boolean best, boolean ownSamples, boolean ownSeeds) {
    Cell.Compared compared = compared(entry, style);
    return switch (entry) {
      case Entry.Value value -> {
        List<String> details = new ArrayList<>(interval(value.range(), style));
        if (!Double.isNaN(value.standardError())) {
          details.add("se " + style.write(value.standardError()));
        }
        addIfStated(details, ownSamples ? samples(value) : null);
        addIfStated(details, ownSeeds ? seeds(value) : null);
        double spread = value.spread();
        yield new Cell.Numeric(
            style.write(value.mean()),
            Double.isNaN(spread) ? null : style.write(spread),
            details,
            best,
            compared);
      }
      case Entry.Failed failed ->
          new Cell.Words(Cell.Kind.FAILED, words("failed", failed.reason()), compared);
      case Entry.Missing missing ->
          new Cell.Words(
              Cell.Kind.NOT_RUN, missing.reason() == null ? "not run" : "missing", compared);
      case Entry.NotApplicable none ->
          new Cell.Words(Cell.Kind.NOT_APPLICABLE, words("n/a", none.reason()), compared);
    };
  }

  /** "[39.7, 89.2]", "p 0.0137". */
  private static List<String> interval(@Nullable Range range, NumberStyle style) {
    if (range == null) {
      return List.of();
    }
    String ends = "[%s, %s]".formatted(style.write(range.low()), style.write(range.high()));
    return Double.isNaN(range.p())
        ? List.of(ends)
        : List.of(ends, String.format(Locale.ROOT, "p %.3g", range.p()));
  }

  /** A reason that does not fit into a place stands below the table. */
  private static String words(String state, String reason) {
    return Phrases.fits(reason) ? state + ": " + reason : state + ", see below";
  }

  private static Cell.@Nullable Compared compared(Entry entry, NumberStyle style) {
    Entry.Reference reference = entry.reference();
    if (reference == null) {
      return null;
    }
    Comparison comparison = Comparison.of(entry, reference);
    return new Cell.Compared(
        style.write(reference.value()), difference(comparison, style), comparison.verdict());
  }

  /** A difference that is too large is not written as zero. */
  private static @Nullable String difference(Comparison comparison, NumberStyle style) {
    double difference = comparison.difference();
    if (Double.isNaN(difference)) {
      return null;
    }
    return comparison.verdict() == Comparison.Verdict.OUTSIDE
        ? style.writeNonzeroDifference(difference)
        : style.writeDifference(difference);
  }

  private static String samples(Entry.Value value) {
    return value.samples() == 0 ? "" : String.format(Locale.ROOT, "n = %,d", value.samples());
  }

  private static String seeds(Entry.Value value) {
    Range range = value.range();
    if (range != null) {
      return range.count() + (range.ofExamples() ? " examples" : " seeds");
    }
    return value.seeds().size() < 2 ? "" : value.seeds().size() + " seeds";
  }

  /** The one text of all, or null where they differ. */
  private static @Nullable String common(List<String> texts) {
    return texts.isEmpty()
        ? ""
        : texts.stream().allMatch(text -> Objects.equals(text, texts.getFirst()))
            ? texts.getFirst()
            : null;
  }

  private static void addIfStated(List<String> texts, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      texts.add(text);
    }
  }
}
