package dev.swax.compiler.analyze.grid;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Scope;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.grid.GridExpression;
import dev.swax.compiler.model.grid.GridExpression.Aggregate;
import dev.swax.compiler.model.grid.GridExpression.End;
import dev.swax.compiler.model.grid.GridExpression.Statistic;
import dev.swax.compiler.syntax.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What the value of a row may call: {@code mean}, {@code sum}, {@code min} and {@code max} of
 * several values, {@code rate}, {@code median}, {@code bootstrap} and {@code difference} over the
 * seeds, {@code low}, {@code high} and {@code p} of what these give.
 */
final class GridFunctions {
  private final Evaluator evaluator;
  private final GridRows rows;
  private final GridRowValue value;

  GridFunctions(Evaluator evaluator, GridRows rows, GridRowValue value) {
    this.evaluator = evaluator;
    this.rows = rows;
    this.value = value;
  }

  /** Whether it has a meaning only here, or one that depends on its arguments. */
  static boolean isFunction(Expression.Call call, Scope scope) {
    return GridFunction.of(call)
        .filter(function ->
            switch (function.place()) {
              case AGGREGATE -> true; // `min` and `max` of numbers are those of any expression
              case STATISTIC, END -> scope.find(function.text()) == null;
              case COLUMN, MEASURE -> false;
            })
        .isPresent();
  }

  /** The value; empty after a report. */
  Optional<GridExpression> call(Expression.Call call) {
    GridFunction function = GridFunction.of(call).orElseThrow();
    return switch (function) {
      case MEAN, SUM, MIN, MAX -> fold(Aggregate.valueOf(function.name()), call);
      case LOW, HIGH, P ->
          argument(function, call)
              .map(of -> new GridExpression.Known(End.valueOf(function.name()), value.resolve(of)));
      case RATE -> rate(call);
      case MEDIAN, BOOTSTRAP -> overSeeds(function, call);
      case DIFFERENCE -> difference(call);
      case TESTED, TRAINED, CUT, BEST, PERPLEXITY, SCORE ->
          throw new IllegalArgumentException(function.text());
    };
  }

  private Optional<GridExpression> fold(Aggregate aggregate, Expression.Call call) {
    List<GridExpression> parts = new ArrayList<>();
    for (Expression.Argument argument : call.arguments()) {
      parts.addAll(parts(argument.value()));
    }
    if (call.arguments().isEmpty()) {
      String name = call.callee().text();
      evaluator.report(
          Code.MISSING_KEY,
          call.span(),
          "`%s` needs rows".formatted(name),
          "`%s(row, \"label\")`".formatted(name));
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(new GridExpression.Fold(aggregate, parts));
  }

  /** Those of a list, of each element of another list, or of all rows that a name calls. */
  private List<GridExpression> parts(Expression argument) {
    return switch (argument) {
      case Expression.ListLiteral list ->
          list.elements().stream().flatMap(element -> parts(element).stream()).toList();
      case Expression.Comprehension comprehension -> value.each(comprehension);
      case Expression.Text text -> rows(text);
      case Expression.Name name when value.isRow(name) -> rows(name);
      case Expression.Name name when value.isUnknown(name) -> rows(name);
      default -> List.of(value.resolve(argument));
    };
  }

  private List<GridExpression> rows(Expression name) {
    return rows.called(name, value.scope()).stream()
        .<GridExpression>map(GridExpression.OfRow::new)
        .toList();
  }

  private Optional<GridExpression> rate(Expression.Call call) {
    Expression condition = argument(GridFunction.RATE, call).orElse(null);
    if (condition == null) {
      return Optional.empty();
    }
    GridExpression.Relation relation =
        condition instanceof Expression.Binary comparison
            ? GridRowValue.relation(comparison.operator()).orElse(null)
            : null;
    if (relation == null || !(condition instanceof Expression.Binary comparison)) {
      evaluator.report(
          Code.WRONG_TYPE,
          condition.span(),
          "`rate` counts the seeds at which a value is above or below another",
          "`rate(row > 0.9)`");
      return Optional.empty();
    }
    rows.seeds().requireSeveral(call);
    return Optional.of(
        new GridExpression.OverSeeds(
            Statistic.RATE,
            new GridExpression.Holds(
                value.resolve(comparison.left()), relation, value.resolve(comparison.right()))));
  }

  private Optional<GridExpression> overSeeds(GridFunction function, Expression.Call call) {
    rows.seeds().requireSeveral(call);
    var statistic = Statistic.valueOf(function.name());
    return argument(function, call)
        .map(of -> new GridExpression.OverSeeds(statistic, value.resolve(of)));
  }

  /** {@code difference(row, row["column"])}, {@code difference(a, b, over: examples)}. */
  private Optional<GridExpression> difference(Expression.Call call) {
    SequencedMap<String, Expression> given = GridFunction.DIFFERENCE.match(call, evaluator);
    if (given == null) {
      return Optional.empty();
    }
    Expression a = given.get("a");
    Expression b = given.get("b");
    if (a == null || b == null) {
      evaluator.report(
          Code.MISSING_KEY,
          call.span(),
          "`difference` needs two values",
          "`difference(row, row[\"column\"])`");
      return Optional.empty();
    }
    GridRowValue comparing = value.comparing();
    GridExpression difference =
        new GridExpression.Arithmetic(
            GridExpression.Operator.SUBTRACT, comparing.resolve(a), comparing.resolve(b));
    if (!rows.seeds().requireSame(call, difference)) {
      return Optional.empty();
    }
    Expression over = given.get("over");
    return switch (over == null ? "seeds" : over.span().text()) {
      case "seeds" -> {
        rows.seeds().requireSeveral(call);
        yield Optional.of(new GridExpression.OverSeeds(Statistic.DIFFERENCE, difference));
      }
      case "examples" -> Optional.of(new GridExpression.OverExamples(difference));
      default -> {
        evaluator.report(
            Code.WRONG_TYPE,
            over == null ? call.span() : over.span(),
            "`over` expects `seeds` or `examples`",
            null);
        yield Optional.empty();
      }
    };
  }

  /** Of a function with one argument. */
  private Optional<Expression> argument(GridFunction function, Expression.Call call) {
    SequencedMap<String, Expression> given = function.match(call, evaluator);
    if (given == null) {
      return Optional.empty();
    }
    if (given.isEmpty()) {
      evaluator.report(
          Code.MISSING_KEY, call.span(), "`%s` needs a value".formatted(function.text()), null);
    }
    return Optional.ofNullable(given.get(function.arguments().getFirst()));
  }
}
