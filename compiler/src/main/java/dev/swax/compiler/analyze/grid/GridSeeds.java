package dev.swax.compiler.analyze.grid;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.grid.GridColumn;
import dev.swax.compiler.model.grid.GridExpression;
import dev.swax.compiler.model.grid.GridParts;
import dev.swax.compiler.syntax.Expression;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Whether the columns of a grid have the seeds that a statistic needs. */
final class GridSeeds {
  private final Evaluator evaluator;
  private final List<GridColumn> columns;
  private final boolean known;

  /**
   * Those of some columns.
   *
   * @param known whether the grid's own seeds have no error
   */
  GridSeeds(Evaluator evaluator, List<GridColumn> columns, boolean known) {
    this.evaluator = evaluator;
    this.known = known;
    this.columns = List.copyOf(columns);
  }

  /** Reports a statistic over one seed. */
  void requireSeveral(Expression.Call call) {
    columns.stream()
        .filter(column -> known && column.trains().size() == 1)
        .findFirst()
        .ifPresent(column ->
            evaluator.report(
                Code.TOO_FEW_SEEDS,
                call.span(),
                "`%s` looks at several seeds, but `%s` is trained with one, seed %s"
                    .formatted(call.callee().text(), column.label(), seeds(column).getFirst()),
                "`seeds = [1, 2, 3]`"));
  }

  /** Whether columns that are compared seed by seed have the same ones; reports where not. */
  boolean requireSame(Expression.Call call, GridExpression compared) {
    if (!evaluator.isCleanSince(0)) {
      return true; // columns with an error are not here, and the others are numbered otherwise
    }
    List<GridColumn> others = named(compared).mapToObj(columns::get).toList();
    for (GridColumn other : others) {
      for (GridColumn column : columns) {
        if (!column.trains().isEmpty()
            && !other.trains().isEmpty()
            && !seeds(column).equals(seeds(other))) {
          evaluator.report(
              Code.SEEDS_DIFFER,
              call.span(),
              "`%s` compares seed by seed, but `%s` is trained with %s and `%s` with %s"
                  .formatted(
                      call.callee().text(),
                      column.label(),
                      words(column),
                      other.label(),
                      words(other)),
              "`seeds = [1, 2, 3]` in the grid trains every column with these");
          return false;
        }
      }
    }
    return true;
  }

  private static IntStream named(GridExpression value) {
    return switch (value) {
      case GridExpression.At(int _, int column) -> IntStream.of(column);
      default -> GridParts.of(value).stream().flatMapToInt(GridSeeds::named);
    };
  }

  private static List<Long> seeds(GridColumn column) {
    return column.trains().stream().map(plan -> plan.recipe().seed()).toList();
  }

  private static String words(GridColumn column) {
    return (column.trains().size() == 1 ? "seed " : "seeds ")
        + seeds(column).stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
