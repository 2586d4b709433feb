package dev.swax.compiler.analyze.grid;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Scope;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.grid.GridExpectation;
import dev.swax.compiler.model.grid.GridExpression;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.GridItem;
import java.util.Optional;

/** {@code expect recall["SWAX:4"] > recall["SWAX:64"]}, {@code expect val_ppl < 3.5}. */
final class GridExpectations {
  private final Evaluator evaluator;
  private final GridMeasures measures;
  private final GridRows rows;
  private final GridIntervals intervals;

  GridExpectations(
      Evaluator evaluator, GridMeasures measures, GridRows rows, GridIntervals intervals) {
    this.evaluator = evaluator;
    this.measures = measures;
    this.rows = rows;
    this.intervals = intervals;
  }

  /** The expectation, or empty after a report. */
  Optional<GridExpectation> expectation(GridItem.Expect item, Scope scope) {
    Optional<GridExpression.Relation> relation =
        item.condition() instanceof Expression.Binary comparison
            ? GridRowValue.relation(comparison.operator())
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
    var place = new GridRowValue.Place(new GridPoints.Point(scope), "", true);
    var values = new GridRowValue(evaluator, measures, rows, place);
    GridExpression left = values.resolve(comparison.left());
    GridExpression right = values.resolve(comparison.right());
    if (evaluator.isCleanSince(before)) {
      intervals.check(left, item.condition().span());
      intervals.check(right, item.condition().span());
    }
    return evaluator.isCleanSince(before)
        ? Optional.of(new GridExpectation(item.condition().span(), left, relation.get(), right))
        : Optional.empty();
  }
}
