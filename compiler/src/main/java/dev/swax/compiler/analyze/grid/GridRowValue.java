package dev.swax.compiler.analyze.grid;

import dev.swax.compiler.analyze.evaluate.Binding;
import dev.swax.compiler.analyze.evaluate.Coercion;
import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Function;
import dev.swax.compiler.analyze.evaluate.Scope;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.analyze.evaluate.Wanted;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.DidYouMean;
import dev.swax.compiler.model.grid.GridExpression;
import dev.swax.compiler.model.grid.GridExpression.FactKind;
import dev.swax.compiler.model.grid.GridExpression.Operator;
import dev.swax.compiler.model.grid.GridExpression.Relation;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.GridItem;
import dev.swax.compiler.type.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The value of one row: {@code + - * /} over facts, measures, other rows and numbers. What mentions
 * none of the first three is an ordinary expression. A row that is called what a fact is called
 * means the fact inside itself: {@code row parameters = parameters / 1e6}.
 */
final class GridRowValue {
  private static final GridExpression NONE = new GridExpression.Unmeasured();

  private final Evaluator evaluator;
  private final GridMeasures measures;
  private final GridRows rows;
  private final GridPoints.Point point;
  private final Place place;

  /**
   * Where a value stands.
   *
   * @param own the label of its row; empty in an expectation
   * @param comparing whether it may name columns; elsewhere it knows only its own
   */
  record Place(GridPoints.Point point, String own, boolean comparing) {}

  GridRowValue(Evaluator evaluator, GridMeasures measures, GridRows rows, Place place) {
    this.evaluator = evaluator;
    this.measures = measures;
    this.rows = rows;
    this.point = place.point();
    this.place = place;
  }

  /** The value; nothing measured after a report. */
  GridExpression resolve(Expression expression) {
    if (!isMeasured(expression)) {
      return constant(expression);
    }
    return switch (expression) {
      case Expression.Name name when isRow(name) -> row(name.text(), name);
      case Expression.Name name ->
          fact(name).<GridExpression>map(GridExpression.Fact::new).orElse(NONE);
      case Expression.Text text -> row(text.value(), text);
      case Expression.Index index -> at(index);
      case Expression.Call call when GridFunctions.isFunction(call, point.scope()) ->
          new GridFunctions(evaluator, rows, this).call(call).orElse(NONE);
      case Expression.Call call -> measures.measure(call, point.scope()).orElse(NONE);
      case Expression.Unary(var _, var operator, Expression operand)
          when operator == Expression.UnaryOperator.NEGATE ->
          new GridExpression.Negated(resolve(operand));
      case Expression.Binary binary -> arithmetic(binary);
      case Expression.Conditional conditional -> conditional(conditional);
      case Expression.Assumed assumed -> {
        evaluator.assume(assumed);
        yield resolve(assumed.value());
      }
      default -> unknown(expression);
    };
  }

  private GridExpression unknown(Expression expression) {
    evaluator.report(
        Code.WRONG_TYPE,
        expression.span(),
        "a row's value is made of measures with `+`, `-`, `*`, `/` and functions such as `mean(…)`",
        null);
    return NONE;
  }

  private GridExpression constant(Expression expression) {
    Value value = evaluator.evaluate(expression, point.scope());
    if (Coercion.isNone(value)) {
      return NONE;
    }
    Value number = evaluator.coercion().coerce(value, Wanted.NUMBER, "a row", expression.span());
    return number instanceof Value.Numeric(Quantity quantity)
        ? new GridExpression.Constant(quantity.value().toDouble())
        : NONE;
  }

  private GridExpression row(String name, Expression at) {
    String own = bound(name);
    if (!own.equals(name) && rows.has(own)) {
      Integer called = rows.one(own, at.span());
      return called == null ? NONE : new GridExpression.OfRow(called);
    }
    Integer row =
        at instanceof Expression.Text text && !rows.has(name)
            ? rows.one(new GridPoints(evaluator).label(text, point.scope()), at.span())
            : rows.one(name, at.span());
    return row == null ? NONE : new GridExpression.OfRow(row);
  }

  /** A label with the values of the names that its line binds. */
  private String bound(String label) {
    String text = label;
    for (Map.Entry<String, String> axis : point.axes().entrySet()) {
      text = text.replace("{" + axis.getKey() + "}", axis.getValue());
    }
    return text;
  }

  /** {@code recall["SWAX:4"]}. */
  private GridExpression at(Expression.Index index) {
    GridHeadings columns = rows.columns();
    if (!place.comparing()) {
      evaluator.report(
          Code.MISPLACED,
          index.span(),
          "a row can use only values of its own column; `difference` and `expect` can name another column",
          null);
      return NONE;
    }
    GridExpression row = resolve(index.base());
    List<String> labels = columns.labels();
    if (!(index.index() instanceof Expression.Text written)) {
      evaluator.report(
          Code.WRONG_TYPE,
          index.index().span(),
          "a column is named by its label in quotes",
          labels.isEmpty() ? null : "`[\"%s\"]`".formatted(labels.getFirst()));
      return NONE;
    }
    String label = new GridPoints(evaluator).label(written, point.scope());
    int column = labels.indexOf(label);
    if (column < 0 && !columns.isComplete()) {
      return NONE;
    }
    if (column < 0) {
      evaluator.report(
          Code.UNKNOWN_NAME,
          written.span(),
          "no column of this grid is called `%s`".formatted(label),
          DidYouMean.help(label, labels).orElse(null));
      return NONE;
    }
    return row instanceof GridExpression.OfRow(int number)
        ? new GridExpression.At(number, column)
        : NONE;
  }

  /** The values of a comprehension; none after a report. */
  List<GridExpression> each(Expression.Comprehension comprehension) {
    Expression.Name name = comprehension.name();
    var binding = new GridItem.Binding(comprehension.span(), List.of(name), comprehension.source());
    int before = evaluator.mark();
    List<GridExpression> values = new ArrayList<>();
    for (GridPoints.Point inner : new GridPoints(evaluator).within(binding, point)) {
      Expression condition = comprehension.condition();
      Value kept =
          condition == null
              ? new Value.Truth(true)
              : evaluator.evaluate(condition, inner.scope(), Wanted.BOOLEAN, "`if`");
      if (kept.equals(new Value.Truth(true))) {
        values.add(at(inner, place.comparing()).resolve(comprehension.element()));
      }
    }
    if (values.isEmpty() && evaluator.isCleanSince(before)) {
      evaluator.report(
          Code.OUT_OF_RANGE, comprehension.span(), "this has no element, so it has no value", null);
    }
    return values;
  }

  /** The same place, where columns may be named. */
  GridRowValue comparing() {
    return at(point, true);
  }

  private GridRowValue at(GridPoints.Point inner, boolean comparing) {
    return new GridRowValue(evaluator, measures, rows, new Place(inner, place.own(), comparing));
  }

  Scope scope() {
    return point.scope();
  }

  /** Whether nothing is called that. */
  boolean isUnknown(Expression.Name name) {
    return point.scope().find(name.text()) == null;
  }

  private GridExpression conditional(Expression.Conditional conditional) {
    Value holds =
        evaluator.evaluate(conditional.condition(), point.scope(), Wanted.BOOLEAN, "`if`");
    return holds instanceof Value.Truth(boolean truth)
        ? resolve(truth ? conditional.then() : conditional.otherwise())
        : NONE;
  }

  private GridExpression arithmetic(Expression.Binary binary) {
    Operator operator =
        switch (binary.operator()) {
          case ADD -> Operator.ADD;
          case SUBTRACT -> Operator.SUBTRACT;
          case MULTIPLY -> Operator.MULTIPLY;
          case DIVIDE -> Operator.DIVIDE;
          default -> null;
        };
    return operator == null
        ? unknown(binary)
        : new GridExpression.Arithmetic(operator, resolve(binary.left()), resolve(binary.right()));
  }

  /** Whether a row, a fact or a measure stands in it. */
  private boolean isMeasured(Expression expression) {
    return switch (expression) {
      case Expression.Name name -> isRow(name) || fact(name).isPresent();
      case Expression.Text _ -> true;
      case Expression.Index(_, Expression.Name name, _) -> isRow(name);
      case Expression.Index(_, Expression base, _) -> base instanceof Expression.Text;
      case Expression.Call call -> measures.isMeasure(call, point.scope()) || isOfMeasures(call);
      case Expression.Comprehension comprehension -> isMeasured(comprehension.element());
      case Expression.ListLiteral list -> list.elements().stream().anyMatch(this::isMeasured);
      case Expression.Unary unary -> isMeasured(unary.operand());
      case Expression.Binary binary -> isMeasured(binary.left()) || isMeasured(binary.right());
      case Expression.Conditional conditional ->
          Stream.of(conditional.then(), conditional.otherwise()).anyMatch(this::isMeasured);
      case Expression.Assumed assumed -> isMeasured(assumed.value());
      default -> false;
    };
  }

  /** Whether it is a function of rows and measures, not one of numbers. */
  private boolean isOfMeasures(Expression.Call call) {
    return GridFunctions.isFunction(call, point.scope())
        && (!isOrdinary(call)
            || call.arguments().stream().anyMatch(argument -> isMeasured(argument.value())));
  }

  /** Whether it is a function of any expression too. */
  private boolean isOrdinary(Expression.Call call) {
    return point.scope().find(call.callee().text()) != null;
  }

  boolean isRow(Expression.Name name) {
    return rows.has(name.text())
        && !point.axes().containsKey(name.text())
        && !(name.text().equals(place.own()) && fact(name).isPresent());
  }

  /** {@code parameters} without arguments is the column's. */
  private Optional<FactKind> fact(Expression.Name name) {
    Binding binding = point.scope().find(name.text());
    return binding != null
            && binding.value(evaluator, name.span()) instanceof Value.BuiltIn(Function function)
        ? Stream.of(FactKind.values())
            .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(function.text()))
            .findFirst()
        : Optional.empty();
  }

  /** How a sign compares; empty where it does not. */
  static Optional<Relation> relation(Expression.BinaryOperator operator) {
    return switch (operator) {
      case LESS -> Optional.of(Relation.LESS);
      case LESS_OR_EQUAL -> Optional.of(Relation.AT_MOST);
      case GREATER -> Optional.of(Relation.GREATER);
      case GREATER_OR_EQUAL -> Optional.of(Relation.AT_LEAST);
      default -> Optional.empty();
    };
  }
}
