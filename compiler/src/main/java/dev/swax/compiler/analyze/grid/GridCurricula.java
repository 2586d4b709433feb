package dev.swax.compiler.analyze.grid;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.DataPlan;
import dev.swax.compiler.model.grid.GridColumn;
import dev.swax.compiler.model.grid.GridExpression;
import dev.swax.compiler.model.grid.GridMeasure;
import dev.swax.compiler.model.grid.GridParts;
import dev.swax.compiler.model.grid.GridRow;
import dev.swax.runtime.task.Task;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Warns of a curriculum that leads nowhere near the tests: every task that the grid asks is longer
 * than all that it learns. A grid with a task in between tests on purpose what lies beyond.
 */
final class GridCurricula {
  private final Evaluator evaluator;

  GridCurricula(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  void check(List<GridColumn> columns, List<GridRow> rows) {
    Optional<GridRow> shortest =
        rows.stream()
            .filter(row -> length(row.value()).isPresent())
            .min(Comparator.comparing(row -> length(row.value()).orElseThrow()));
    if (shortest.isEmpty()) {
      return;
    }
    int asked = length(shortest.get().value()).orElseThrow();
    columns.stream()
        .flatMap(column -> column.trains().stream())
        .map(plan -> plan.data())
        .filter(DataPlan.Examples.class::isInstance)
        .map(DataPlan.Examples.class::cast)
        .filter(data -> !data.examples().earlier().isEmpty())
        .filter(data -> longest(data) < asked)
        .findFirst()
        .ifPresent(data ->
            evaluator.report(
                Code.CURRICULUM_ENDS_BEFORE,
                shortest.get().span(),
                "the shortest task that this grid asks has %d tokens, but the curriculum of `%s` ends at %d"
                    .formatted(asked, data.name(), longest(data)),
                null));
  }

  private static int longest(DataPlan.Examples data) {
    return data.examples().tasks().stream().mapToInt(Task::length).max().orElse(0);
  }

  /** Tokens of the shortest task that a value asks. */
  private static Optional<Integer> length(GridExpression value) {
    Stream<Integer> own =
        value instanceof GridExpression.Measured(GridMeasure.Score score, var _)
            ? Stream.of(score.task().length())
            : Stream.of();
    return Stream.concat(own, GridParts.of(value).stream().flatMap(v -> length(v).stream()))
        .min(Comparator.naturalOrder());
  }
}
