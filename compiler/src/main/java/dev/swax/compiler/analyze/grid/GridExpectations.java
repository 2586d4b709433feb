package dev.swax.compiler.analyze.grid;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Scope;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.grid.GridExpectation;
import dev.swax.compiler.model.grid.GridExpectation.Relation;
import dev.swax.compiler.model.grid.GridExpression;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.GridItem;
import java.util.LinkedHashMap;
import java.util.Optional;

/** {@code expect recall["SWAX:4"] > recall["SWAX:64"]}, {@code expect val_ppl < 3.5}. */
final class GridExpectations {
  private final Evaluator evaluator;
  private final GridMeasures measures;
  private final GridRows rows;
  private final GridHeadings columns;

  GridExpectations(
      Evaluator evaluator, GridMeasures measures, GridRows rows, GridHeadings columns) {
    this.evaluator = evaluator;
    this.measures = measures;
    this.rows = rows;
    this.columns = columns;
  }

  /** The expectation, or empty after a report. */
  Optional<GridExpectation> expectation(GridItem.Expect item, Scope scope) {
    Optional<Relation> relation =
        item.condition() instanceof Expression.Binary comparison
            ? relation(comparison.operator())
            : Optional.empty();
    if (!(item.condition() instanceof Expression.Binary comparison) || relation.isEmpty()) {
      evaluator.report(
          Code.WRONG_TYPE,
          item.condition().span(),
          "an expectation of a grid compares two values with `<`, `<=`, `>` or `>=`",
          "`expect row[\"column\"] > other[\"column\"]`");
      return Optional.empty();
    }
    int before = evaluator.mark();
    var place =
        new GridRowValue.Place(new GridPoints.Point(scope, new LinkedHashMap<>()), "", columns);
    var values = new GridRowValue(evaluator, measures, rows, place);
    GridExpression left = values.resolve(comparison.left());
    GridExpression right = values.resolve(comparison.right());
    return evaluator.isCleanSince(before)
        ? Optional.of(new GridExpectation(item.condition().span(), left, relation.get(), right))
        : Optional.empty();
  }

  private static Optional<Relation> relation(Expression.BinaryOperator operator) {
    return switch (operator) {
      case LESS -> Optional.of(Relation.LESS);
      case LESS_OR_EQUAL -> Optional.of(Relation.AT_MOST);
      case GREATER -> Optional.of(Relation.GREATER);
      case GREATER_OR_EQUAL -> Optional.of(Relation.AT_LEAST);
      default -> Optional.empty();
    };
  }
}
