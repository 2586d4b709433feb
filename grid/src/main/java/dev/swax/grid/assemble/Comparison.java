package dev.swax.grid.assemble;

import dev.swax.compiler.model.grid.GridExpression;
import dev.swax.compiler.model.grid.GridParts;
import dev.swax.compiler.model.grid.GridPlan;
import dev.swax.compiler.model.grid.GridRow;
import dev.swax.grid.result.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What our values and the printed ones say about each other, in sentences. */
final class Comparison {
  private final GridPlan grid;
  private final List<List<Entry>> entries;
  private final ReferenceTable reference;

  Comparison(GridPlan grid, List<List<Entry>> entries, ReferenceTable reference) {
    this.grid = grid;
    this.entries = entries.stream().map(List::copyOf).toList();
    this.reference = reference;
  }

  List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (int row = 0; row < grid.rows().size(); row++) {
      notes.addAll(agreement(row));
      notes.addAll(swaps(row));
    }
    notes.addAll(new DerivedRows(grid, reference).notes());
    return notes;
  }

  /** A value of ours beside a printed one. */
  private record Pair(int column, double ours, Printed printed, double tolerance) {
    boolean agrees() {
      return fits(this);
    }

    /** Whether ours is what is printed in the other's place. */
    boolean fits(Pair other) {
      return new Entry.Reference(other.printed.value(), other.tolerance).admits(ours);
    }
  }

  private List<Pair> pairs(int row) {
    List<Pair> pairs = new ArrayList<>();
    String label = grid.rows().get(row).label();
    for (int column = 0; column < grid.columns().size(); column++) {
      Optional<Printed> printed = reference.find(label, grid.columns().get(column).label());
      if (entries.get(row).get(column) instanceof Entry.Value value && printed.isPresent()) {
        double tolerance = reference.tolerance(grid.rows().get(row), printed.get());
        pairs.add(new Pair(column, value.mean(), printed.get(), tolerance));
      }
    }
    return pairs;
  }

  private List<String> agreement(int row) {
    List<Pair> pairs = pairs(row);
    if (pairs.isEmpty()) {
      return List.of();
    }
    List<String> others =
        pairs.stream().filter(pair -> !pair.agrees()).map(pair -> label(pair.column())).toList();
    String counted =
        "%s: %d of %d values agree with %s"
            .formatted(
                grid.rows().get(row).label(),
                pairs.size() - others.size(),
                pairs.size(),
                reference.name());
    return List.of(
        others.isEmpty() ? counted + "." : counted + "; not " + String.join(", ", others) + ".");
  }

  /** Two columns of which each has what is printed for the other. */
  private List<String> swaps(int row) {
    List<String> swaps = new ArrayList<>();
    List<Pair> pairs = pairs(row).stream().filter(pair -> !pair.agrees()).toList();
    for (int i = 0; i < pairs.size(); i++) {
      for (Pair b : pairs.subList(i + 1, pairs.size())) {
        Pair a = pairs.get(i);
        if (a.fits(b) && b.fits(a)) {
          swaps.add(
              "%s: %s and %s look swapped in %s: ours are %s and %s, printed are %s and %s."
                  .formatted(
                      grid.rows().get(row).label(),
                      label(a.column()),
                      label(b.column()),
                      reference.name(),
                      shown(a.ours(), b.printed()),
                      shown(b.ours(), a.printed()),
                      a.printed().text(),
                      b.printed().text()));
        }
      }
    }
    return swaps;
  }

  private String label(int column) {
    return grid.columns().get(column).label();
  }

  /** With as many digits as the printed one. */
  static String shown(double value, Printed like) {
    int point = like.text().indexOf('.');
    int decimals = point < 0 ? 0 : like.text().length() - point - 1;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** Whether a row is made of other rows only. */
  static boolean isDerived(GridRow row) {
    return uses(row.value()) && !hasOwn(row.value());
  }

  private static boolean uses(GridExpression value) {
    return switch (value) {
      case GridExpression.OfRow _, GridExpression.At _ -> true;
      default -> GridParts.of(value).stream().anyMatch(Comparison::uses);
    };
  }

  private static boolean hasOwn(GridExpression value) {
    return switch (value) {
      case GridExpression.Fact _, GridExpression.Measured _, GridExpression.Unmeasured _ -> true;
      default -> GridParts.of(value).stream().anyMatch(Comparison::hasOwn);
    };
  }
}
