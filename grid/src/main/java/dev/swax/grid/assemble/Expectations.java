package dev.swax.grid.assemble;

import dev.swax.compiler.model.grid.GridExpectation;
import dev.swax.compiler.model.grid.GridExpression;
import dev.swax.compiler.model.grid.GridParts;
import dev.swax.compiler.model.grid.GridPlan;
import dev.swax.grid.result.Expectation;
import dev.swax.grid.result.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Compares what a grid expects with what it shows: the means over the seeds, in every column with a
 * model where the expectation names none.
 */
final class Expectations {
  private final GridPlan grid;
  private final Amounts amounts;

  Expectations(GridPlan grid, Amounts amounts) {
    this.grid = grid;
    this.amounts = amounts;
  }

  List<Expectation> all() {
    return grid.expectations().stream().map(this::check).toList();
  }

  private Expectation check(GridExpectation expected) {
    boolean everyColumn = isOfColumn(expected.left()) || isOfColumn(expected.right());
    List<Integer> columns = everyColumn ? columnsWithModels() : List.of(0);
    if (columns.isEmpty()) {
      return new Expectation(expected.text(), Expectation.Verdict.OPEN, "no column has a model");
    }
    List<String> broken = new ArrayList<>();
    List<String> open = new ArrayList<>();
    List<String> held = new ArrayList<>();
    for (int column : columns) {
      String place = everyColumn ? " in " + grid.columns().get(column).label() : "";
      Amount left = amounts.meanOverSeeds(expected.left(), column);
      Amount right = amounts.meanOverSeeds(expected.right(), column);
      if (left instanceof Amount.Known a && right instanceof Amount.Known b) {
        boolean holds = expected.relation().holds(a.value(), b.value());
        List<String> of = holds ? held : broken;
        of.add(shown(a) + " " + expected.relation().sign() + " " + shown(b) + place);
      } else {
        open.add(why(left instanceof Amount.Known ? right : left) + place);
      }
    }
    String text = expected.text();
    if (!broken.isEmpty()) {
      return new Expectation(text, Expectation.Verdict.NOT_MET, String.join("; ", broken));
    }
    return open.isEmpty()
        ? new Expectation(text, Expectation.Verdict.MET, String.join("; ", held))
        : new Expectation(text, Expectation.Verdict.OPEN, String.join("; ", open));
  }

  private List<Integer> columnsWithModels() {
    return IntStream.range(0, grid.columns().size())
        .filter(column -> grid.columns().get(column).architecture() != null)
        .filter(column -> !grid.isCandidate(column))
        .boxed()
        .toList();
  }

  private static String shown(Amount.Known amount) {
    Range range = amount.range();
    String value = String.format(Locale.ROOT, "%.5g", amount.value());
    return range == null
        ? value
        : String.format(Locale.ROOT, "%s [%.5g, %.5g]", value, range.low(), range.high());
  }

  private static String why(Amount amount) {
    return switch (amount) {
      case Amount.Known _ -> "known";
      case Amount.Missing(String reason) -> reason == null ? "not run" : reason;
      case Amount.Failed(String reason) -> reason;
      case Amount.NotApplicable(String reason) -> reason;
    };
  }

  /** Whether the value depends on the column that it is computed for. */
  private static boolean isOfColumn(GridExpression value) {
    return switch (value) {
      case GridExpression.Constant _, GridExpression.At _ -> false;
      case GridExpression.OfRow _,
          GridExpression.Fact _,
          GridExpression.Measured _,
          GridExpression.Unmeasured _ ->
          true;
      default -> GridParts.of(value).stream().anyMatch(Expectations::isOfColumn);
    };
  }
}
