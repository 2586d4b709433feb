package dev.swax.compiler.analyze.grid;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.grid.GridExpression;
import dev.swax.compiler.model.grid.GridParts;
import dev.swax.compiler.model.grid.GridRow;
import dev.swax.compiler.source.Span;
import java.util.List;

/**
 * Finds what has no meaning for a value with an interval: arithmetic with anything but numbers,
 * statistics of statistics, and ends of what has no interval. Rows do not depend on themselves.
 */
final class GridIntervals {
  private final Evaluator evaluator;
  private final List<GridRow> rows;

  GridIntervals(Evaluator evaluator, List<GridRow> rows) {
    this.evaluator = evaluator;
    this.rows = List.copyOf(rows);
  }

  void check() {
    rows.forEach(row -> check(row.value(), row.span()));
  }

  /** Reports the first fault of a value at that place. */
  boolean check(GridExpression value, Span span) {
    for (GridExpression part : GridParts.of(value)) {
      if (!check(part, span)) {
        return false;
      }
    }
    return switch (value) {
      case GridExpression.Known(GridExpression.End end, GridExpression of) -> known(end, of, span);
      case GridExpression.Arithmetic(var operator, GridExpression left, GridExpression right)
          when !isScaled(operator, left, right) ->
          combined(span);
      case GridExpression.Fold _,
          GridExpression.OverSeeds _,
          GridExpression.OverExamples _,
          GridExpression.Holds _
          when GridParts.of(value).stream().anyMatch(this::has) ->
          combined(span);
      default -> true;
    };
  }

  /** Whether numbers only stand beside an interval, and none is divided by it. */
  private boolean isScaled(
      GridExpression.Operator operator, GridExpression left, GridExpression right) {
    if (has(right)) {
      return isExact(left) && operator != GridExpression.Operator.DIVIDE;
    }
    return !has(left) || isExact(right);
  }

  private boolean combined(Span span) {
    evaluator.report(
        Code.INTERVAL_IN_ARITHMETIC,
        span,
        "a value with an interval is combined with another value, and nothing says how far the result is certain",
        "`rate(…) * 100`, `low(…)` and `high(…)` can be used");
    return false;
  }

  private boolean known(GridExpression.End end, GridExpression of, Span span) {
    boolean fits = end == GridExpression.End.P ? hasP(of) : has(of);
    if (!fits) {
      evaluator.report(
          Code.INTERVAL_IN_ARITHMETIC,
          span,
          end == GridExpression.End.P
              ? "`p` takes a `difference(…)`, and this is none"
              : "`low` and `high` take a value with an interval, and this has none",
          end == GridExpression.End.P ? null : "`low(rate(row > 0.9))`");
    }
    return fits;
  }

  /** Whether the value has an interval. */
  private boolean has(GridExpression value) {
    return switch (value) {
      case GridExpression.OverSeeds _, GridExpression.OverExamples _ -> true;
      case GridExpression.Known _ -> false;
      case GridExpression.OfRow(int row) -> has(rows.get(row).value());
      case GridExpression.At(int row, int _) -> has(rows.get(row).value());
      default -> GridParts.of(value).stream().anyMatch(this::has);
    };
  }

  private boolean hasP(GridExpression value) {
    return switch (value) {
      case GridExpression.OverSeeds(GridExpression.Statistic statistic, var _) ->
          statistic == GridExpression.Statistic.DIFFERENCE;
      case GridExpression.OverExamples _ -> true;
      case GridExpression.Known _ -> false;
      case GridExpression.OfRow(int row) -> hasP(rows.get(row).value());
      case GridExpression.At(int row, int _) -> hasP(rows.get(row).value());
      default -> GridParts.of(value).stream().anyMatch(this::hasP);
    };
  }

  /** Whether it is the same number whatever is measured. */
  private static boolean isExact(GridExpression value) {
    return switch (value) {
      case GridExpression.Constant _ -> true;
      case GridExpression.Negated(GridExpression operand) -> isExact(operand);
      case GridExpression.Arithmetic(var _, GridExpression left, GridExpression right) ->
          isExact(left) && isExact(right);
      default -> false;
    };
  }
}
