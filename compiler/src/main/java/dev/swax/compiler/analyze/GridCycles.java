package dev.swax.compiler.analyze;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.grid.GridExpression;
import dev.swax.compiler.model.grid.GridRow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Finds rows that are made of themselves; each cycle is reported once. */
final class GridCycles {
  private final Evaluator evaluator;
  private final List<GridRow> rows;
  private final List<Integer> done = new ArrayList<>();
  private final List<Integer> path = new ArrayList<>();

  GridCycles(Evaluator evaluator, List<GridRow> rows) {
    this.evaluator = evaluator;
    this.rows = List.copyOf(rows);
  }

  void check() {
    for (int row = 0; row < rows.size(); row++) {
      visit(row);
    }
  }

  private void visit(int row) {
    int start = path.indexOf(row);
    if (start >= 0) {
      GridRow first = rows.get(row);
      String cycle =
          path.subList(start, path.size()).stream()
              .map(r -> rows.get(r).label() + " -> ")
              .collect(Collectors.joining());
      evaluator.report(
          Code.DEPENDS_ON_ITSELF,
          first.span(),
          "row `%s` depends on itself: %s%s".formatted(first.label(), cycle, first.label()),
          null);
    } else if (!done.contains(row)) {
      path.add(row);
      used(rows.get(row).value()).forEach(this::visit);
      path.removeLast();
      done.add(row);
    }
  }

  private static List<Integer> used(GridExpression expression) {
    return switch (expression) {
      case GridExpression.Constant _,
          GridExpression.Fact _,
          GridExpression.Measured _,
          GridExpression.Unmeasured _ ->
          List.of();
      case GridExpression.OfRow(int row) -> List.of(row);
      case GridExpression.At(int row, int _) -> List.of(row);
      case GridExpression.Mean(List<Integer> of) -> of;
      case GridExpression.Negated(GridExpression operand) -> used(operand);
      case GridExpression.Arithmetic(var _, GridExpression left, GridExpression right) -> {
        List<Integer> both = new ArrayList<>(used(left));
        both.addAll(used(right));
        yield both;
      }
    };
  }
}
