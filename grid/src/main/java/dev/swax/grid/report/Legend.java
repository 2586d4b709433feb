package dev.swax.grid.report;

import dev.swax.grid.result.Entry;
import dev.swax.grid.result.GridResult;
import dev.swax.grid.result.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How to read a table: a sentence for each thing that occurs in it. */
final class Legend {
  private Legend() {}

  static List<String> of(GridResult result) {
    List<String> sentences = new ArrayList<>();
    if (result.rows().stream().anyMatch(row -> row.better() != Row.Better.UNSTATED)) {
      sentences.add(
          "↑ higher is better, ↓ lower is better; the best of a row is bold, ties included.");
    }
    if (values(result).anyMatch(value -> value.seeds().size() > 1)) {
      sentences.add("±: standard deviation over the training seeds (n − 1).");
    }
    if (values(result).anyMatch(value -> !Double.isNaN(value.standardError()))) {
      sentences.add("se: standard error of the mean over the examples; n is their number.");
    }
    if (values(result).anyMatch(value -> value.range() != null)) {
      sentences.add("[low, high]: an interval of 95 %; docs/grids.md says which.");
    }
    if (values(result)
        .anyMatch(value -> value.range() != null && !Double.isNaN(value.range().p()))) {
      sentences.add("p: how often chance alone gives a difference at least as large.");
    }
    if (result.shown().size() < result.columns().size()) {
      sentences.add("Columns among which others choose are not shown here; report.csv has them.");
    }
    List<Entry.Reference> references = references(result);
    if (!references.isEmpty()) {
      sentences.add(reference(result.referenceName(), references));
    }
    return sentences;
  }

  private static String reference(@Nullable String name, List<Entry.Reference> references) {
    String source = name == null ? "the reference" : name;
    String sentence = "ref: the value in " + source + ", then our value minus it";
    List<Double> tolerances =
        references.stream()
            .map(Entry.Reference::tolerance)
            .filter(tolerance -> !Double.isNaN(tolerance))
            .distinct()
            .sorted()
            .toList();
    return switch (tolerances.size()) {
      case 0 -> sentence + ".";
      case 1 -> sentence + "; ✗ if they differ by more than " + plain(tolerances) + ".";
      default -> sentence + "; ✗ if they differ by more than the tolerance of the row.";
    };
  }

  private static String plain(List<Double> tolerances) {
    return BigDecimal.valueOf(tolerances.getFirst()).stripTrailingZeros().toPlainString();
  }

  private static Stream<Entry.Value> values(GridResult result) {
    return result.entries().stream()
        .flatMap(List::stream)
        .filter(Entry.Value.class::isInstance)
        .map(Entry.Value.class::cast);
  }

  private static List<Entry.Reference> references(GridResult result) {
    List<Entry.Reference> references = new ArrayList<>();
    for (List<Entry> row : result.entries()) {
      for (Entry entry : row) {
        Entry.Reference reference = entry.reference();
        if (reference != null) {
          references.add(reference);
        }
      }
    }
    return references;
  }
}
