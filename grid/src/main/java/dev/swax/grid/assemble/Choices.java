package dev.swax.grid.assemble;

import dev.swax.compiler.model.grid.GridChoice;
import dev.swax.compiler.model.grid.GridColumn;
import dev.swax.compiler.model.grid.GridPlan;
import dev.swax.compiler.model.grid.GridRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which column each column that chooses among others has taken: the one with the best mean over the
 * seeds, the first where several are equal. Those that failed are left out.
 */
final class Choices {
  private final GridPlan grid;
  private final Amounts amounts;

  Choices(GridPlan grid, Amounts amounts) {
    this.grid = grid;
    this.amounts = amounts;
  }

  /** The column whose values another one has, or why there is none yet. */
  record Taken(int column, @Nullable Amount lacking) {}

  Taken taken(int column) {
    GridChoice choice = grid.columns().get(column).choice();
    if (choice == null) {
      return new Taken(column, null);
    }
    Amount lacking = new Amount.NotApplicable("no setting has a finite value to choose by");
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int candidate : choice.columns()) {
      Amount amount = mean(choice, candidate);
      switch (amount) {
        case Amount.Known known when Double.isFinite(known.value()) -> {
          double rank = higher(choice) ? -known.value() : known.value();
          best = rank < least ? candidate : best;
          least = Math.min(rank, least);
        }
        case Amount.Missing missing -> {
          return new Taken(column, missing);
        }
        case Amount.Known _ -> {}
        case Amount.Failed _, Amount.NotApplicable _ -> lacking = amount;
      }
    }
    return best < 0 ? new Taken(column, lacking) : new Taken(best, null);
  }

  private Amount mean(GridChoice choice, int candidate) {
    return amounts.meanOverSeeds(grid.rows().get(choice.row()).value(), candidate);
  }

  private boolean higher(GridChoice choice) {
    return grid.rows().get(choice.row()).better() == GridRow.Better.HIGHER;
  }

  /** One sentence for each column that has chosen. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (int column = 0; column < grid.columns().size(); column++) {
      note(column).ifPresent(notes::add);
    }
    return notes;
  }

  private Optional<String> note(int column) {
    GridColumn own = grid.columns().get(column);
    GridChoice choice = own.choice();
    Taken taken = taken(column);
    if (choice == null || taken.lacking() != null) {
      return Optional.empty();
    }
    List<String> values = choice.columns().stream().map(c -> setting(choice, c)).toList();
    return Optional.of(
        "%s: %s = %s, the best of %d by %s (%s)."
            .formatted(
                own.label(),
                choice.axis(),
                value(choice, taken.column()),
                choice.columns().size(),
                grid.rows().get(choice.row()).label(),
                String.join(", ", values)));
  }

  private String setting(GridChoice choice, int candidate) {
    String shown =
        mean(choice, candidate) instanceof Amount.Known known
            ? String.format(Locale.ROOT, "%.5g", known.value())
            : "failed";
    return value(choice, candidate) + ": " + shown;
  }

  private @Nullable String value(GridChoice choice, int column) {
    return grid.columns().get(column).axes().get(choice.axis());
  }
}
