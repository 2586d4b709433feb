package dev.swax.compiler.analyze.grid;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.grid.GridChoice;
import dev.swax.compiler.model.grid.GridColumn;
import dev.swax.compiler.model.grid.GridExpression;
import dev.swax.compiler.model.grid.GridRow;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/**
 * Finds rows that are made of themselves, by way of a column that one of them chooses too, each
 * cycle once, and rows that are made of too much: a row is worked out anew wherever it is called,
 * so a few lines could make very many.
 */
final class GridCycles {
  private static final int MAXIMUM_PARTS = 1_000;

  private final Evaluator evaluator;
  private final List<GridRow> rows;
  private final List<GridColumn> columns;
  private final Map<Integer, Integer> sizes = new LinkedHashMap<>();
  private final SequencedSet<Integer> path = new LinkedHashSet<>();

  GridCycles(Evaluator evaluator, List<GridRow> rows, List<GridColumn> columns) {
    this.evaluator = evaluator;
    this.rows = List.copyOf(rows);
    this.columns = List.copyOf(columns);
  }

  void check() {
    for (int row = 0; row < rows.size(); row++) {
      size(row);
    }
  }

  /** Of how many parts a row is made, written out in full; 1 after a report. */
  private int size(int row) {
    Integer known = sizes.get(row);
    if (known != null) {
      return known;
    }
    if (!path.add(row)) {
      reportCycle(row);
      return 1;
    }
    int size = size(rows.get(row).value());
    path.removeLast();
    if (size > MAXIMUM_PARTS) {
      evaluator.report(
          Code.TOO_LARGE,
          rows.get(row).span(),
          String.format(
              Locale.ROOT, "written out in full, this row has more than %,d parts", MAXIMUM_PARTS),
          null);
      size = 1;
    }
    sizes.put(row, size);
    return size;
  }

  private int size(GridExpression expression) {
    return switch (expression) {
      case GridExpression.Constant _,
          GridExpression.Fact _,
          GridExpression.Measured _,
          GridExpression.Unmeasured _ ->
          1;
      case GridExpression.OfRow(int row) -> size(row);
      case GridExpression.At(int row, int column) -> size(row) + chosenBy(column);
      case GridExpression.Fold(var _, List<GridExpression> parts) ->
          parts.stream().mapToInt(this::size).sum();
      case GridExpression.OverSeeds(var _, GridExpression value) -> 1 + size(value);
      case GridExpression.OverExamples(GridExpression value) -> 1 + size(value);
      case GridExpression.Known(var _, GridExpression of) -> 1 + size(of);
      case GridExpression.Holds(GridExpression left, var _, GridExpression right) ->
          1 + size(left) + size(right);
      case GridExpression.Negated(GridExpression operand) -> 1 + size(operand);
      case GridExpression.Arithmetic(var _, GridExpression left, GridExpression right) ->
          1 + size(left) + size(right);
    };
  }

  /** The parts of the row that says which column is meant. */
  private int chosenBy(int column) {
    GridChoice choice = column < columns.size() ? columns.get(column).choice() : null;
    return choice == null ? 0 : size(choice.row());
  }

  private void reportCycle(int row) {
    GridRow first = rows.get(row);
    List<Integer> members = path.stream().dropWhile(each -> each != row).toList();
    String cycle =
        members.stream().map(each -> rows.get(each).label() + " -> ").collect(Collectors.joining());
    Optional<GridColumn> chosen =
        columns.stream()
            .filter(each -> each.choice() != null && members.contains(each.choice().row()))
            .findFirst();
    evaluator.report(
        Code.DEPENDS_ON_ITSELF,
        first.span(),
        "row `%s` depends on itself: %s%s".formatted(first.label(), cycle, first.label()),
        chosen
            .map(each ->
                "column `%s` is chosen by it: choose by another row".formatted(each.label()))
            .orElse(null));
  }
}
