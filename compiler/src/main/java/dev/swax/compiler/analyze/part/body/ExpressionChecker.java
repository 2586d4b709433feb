package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.analyze.model.Argument;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.Expression.UnaryOperator;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Expressions of a cell to terms. Every method gives null after it has reported what is wrong. The
 * wanted shape is a hint for `linear`, whose size is what its place wants.
 */
final class ExpressionChecker {
  private static final int MAXIMUM_DEPTH = 200;

  /**
   * What is classified, differentiated and compiled as a whole cannot be of any size. The largest
   * cell of the library has not a tenth of this.
   */
  private static final int MAXIMUM_PARTS = 1_000;

  private final PartBody body;
  private final TermBuilder builder;
  private final FunctionChecker functions;
  private final ShapeInference inference;
  private final LayerReads reads;
  private final Conditions conditions;
  private int depth;
  private int parts;

  ExpressionChecker(PartBody body) {
    this.body = body;
    builder = new TermBuilder(body);
    reads = new LayerReads(body);
    inference = new ShapeInference(body);
    conditions = new Conditions(body, this);
    functions = new FunctionChecker(body, builder, this);
  }

  /** The definition whose weights are being named. */
  void defining(String name) {
    functions.defining(name);
  }

  @Nullable Shape infer(Expression expression) {
    return inference.of(expression);
  }

  /** A term whose shape its own parts tell. */
  @Nullable Term check(Expression expression) {
    return check(expression, infer(expression));
  }

  @Nullable Term check(Expression expression, @Nullable Shape wanted) {
    if (++parts > MAXIMUM_PARTS) {
      return tooManyParts(expression);
    }
    if (depth >= MAXIMUM_DEPTH) {
      body.report(Code.CELL_EXPRESSION, expression.span(), "this is nested too deeply", null);
      return null;
    }
    depth++;
    try {
      return dispatch(expression, wanted);
    } finally {
      depth--;
    }
  }

  private @Nullable Term tooManyParts(Expression expression) {
    if (parts == MAXIMUM_PARTS + 1) {
      body.report(
          Code.TOO_LARGE,
          expression.span(),
          String.format(Locale.ROOT, "a cell has at most %,d values and operators", MAXIMUM_PARTS),
          null);
    }
    return null;
  }

  /** What an expression is once its conditions are decided; itself where one cannot be. */
  Expression chosen(Expression expression) {
    return switch (expression) {
      case Expression.Conditional conditional -> {
        Boolean holds = conditions.holds(conditional.condition());
        yield holds == null
            ? expression
            : chosen(holds ? conditional.then() : conditional.otherwise());
      }
      case Expression.Assumed assumed -> chosen(assumed.value());
      default -> expression;
    };
  }

  /** Whether an expression is the word none, or a parameter that was given it. */
  boolean isNone(Expression written) {
    return chosen(written) instanceof Expression.Name name
        && (name.text().equals(Argument.Word.NONE)
            || (body.argument(name.text()) instanceof Argument.Word(String word)
                && word.equals(Argument.Word.NONE)));
  }

  /** A number that is fixed before training, the same for every head. */
  @Nullable Double number(Expression expression) {
    Term term = check(expression, Shape.NUMBER);
    if (term == null) {
      return null;
    }
    if (term instanceof Term.Plain(var value, Shape.Fixed _)) {
      return FixedNumbers.values(value).getFirst();
    }
    body.report(
        Code.CELL_NUMBER,
        expression.span(),
        "a number is expected here, but this is " + term.shape(),
        null);
    return null;
  }

  private @Nullable Term dispatch(Expression expression, @Nullable Shape wanted) {
    return switch (expression) {
      case Expression.Literal literal -> literal(literal);
      case Expression.Name name -> name(name);
      case Expression.Unary unary -> unary(unary, wanted);
      case Expression.Binary binary -> binary(binary, wanted);
      case Expression.Call call -> functions.call(call, wanted);
      case Expression.Assumed assumed -> check(assumed.value(), wanted);
      case Expression.Text text -> unfit(text, "text");
      case Expression.Conditional conditional -> {
        Boolean holds = conditions.holds(conditional.condition());
        yield holds == null
            ? null
            : check(holds ? conditional.then() : conditional.otherwise(), wanted);
      }
      case Expression.ListLiteral list -> unfit(list, "a list");
      case Expression.Comprehension list -> unfit(list, "a list");
      case Expression.Over over -> unfit(over, "`over`");
      case Expression.Range range -> unfit(range, "a range");
      case Expression.Index index -> unfit(index, "an element of a list");
      case Expression.With with -> unfit(with, "`with`");
      case Expression.Sample sample -> unfit(sample, "`sample`");
      case Expression.Until until -> unfit(until, "`until`");
      case Expression.Stall stall -> unfit(stall, "`when`");
    };
  }

  private @Nullable Term unfit(Expression expression, String what) {
    body.report(
        Code.CELL_EXPRESSION,
        expression.span(),
        "a cell computes numbers for each token, so %s cannot be used here".formatted(what),
        null);
    return null;
  }

  private @Nullable Term literal(Expression.Literal literal) {
    if (literal.unit() == Expression.Unit.TOKEN || literal.unit() == Expression.Unit.STEP) {
      body.report(
          Code.CELL_EXPRESSION,
          literal.span(),
          "numbers in a cell have no unit, but this one is in "
              + (literal.unit() == Expression.Unit.TOKEN ? "tokens" : "steps"),
          null);
      return null;
    }
    double scale =
        switch (literal.multiplier()) {
          case ONE -> literal.unit() == Expression.Unit.PERCENT ? 0.01 : 1;
          case KIBI -> 1 << 10;
          case MEBI -> 1 << 20;
          case THOUSAND -> 1e3;
          case MILLION -> 1e6;
          case BILLION -> 1e9;
        };
    return constant(literal.span(), literal.value(), scale);
  }

  private @Nullable Term constant(Span span, BigDecimal value, double scale) {
    double number = value.doubleValue() * scale;
    if (Math.abs(number) <= Double.MAX_VALUE) {
      return TermBuilder.constant(span, number);
    }
    body.report(Code.CELL_NUMBER, span, "this number is too large", null);
    return null;
  }

  private @Nullable Term name(Expression.Name name) {
    if (body.isBroken(name.text()) || !Grouping.allows(body, name)) {
      return null;
    }
    if (name.primed()) {
      var state = body.states().get(name.text());
      if (state == null) {
        body.report(
            Code.UNKNOWN_STATE,
            name.span(),
            "`%s'` is the next value of a state, but there is no `state %s`"
                .formatted(name.text(), name.text()),
            Suggestion.help(name.text(), body.states().keySet(), "'"));
        return null;
      }
      return new Term.State(name.span(), name.text(), true, state.shape());
    }
    Argument argument = body.argument(name.text());
    if (argument != null) {
      return noNumber(name, argument);
    }
    Term term = body.find(name.text(), name.span());
    if (term == null) {
      body.report(
          Code.UNKNOWN_NAME,
          name.span(),
          "nothing in this cell is called `%s`".formatted(name.text()),
          body.isCrowded() ? null : Suggestion.help(name.text(), body.names(), ""));
    }
    return term;
  }

  private @Nullable Term noNumber(Expression.Name name, Argument argument) {
    body.report(
        Code.CELL_EXPRESSION,
        name.span(),
        "`%s` is %s here, and no value of a token".formatted(name.text(), argument.describe()),
        argument instanceof Argument.Applicable
            ? "%1$s(x), or %1$s.k".formatted(name.text())
            : null);
    return null;
  }

  private @Nullable Term unary(Expression.Unary unary, @Nullable Shape wanted) {
    if (unary.operator() == UnaryOperator.NOT) {
      return unfit(unary, "`not`");
    }
    Term operand = check(unary.operand(), wanted);
    return operand == null ? null : builder.unary(unary.span(), "-", UnaryFunction.NEGATE, operand);
  }

  private @Nullable Term binary(Expression.Binary written, @Nullable Shape wanted) {
    Expression.Binary binary = reads.tight(written);
    return switch (binary.operator()) {
      case ADD -> elementwise(binary, "+", BinaryFunction.ADD, wanted);
      case SUBTRACT -> elementwise(binary, "-", BinaryFunction.SUBTRACT, wanted);
      case MULTIPLY -> elementwise(binary, "*", BinaryFunction.MULTIPLY, wanted);
      case DIVIDE -> elementwise(binary, "/", BinaryFunction.DIVIDE, wanted);
      case POWER -> power(binary, wanted);
      case CONTRACT -> contract(binary);
      case REMAINDER -> remainder(binary);
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, AND, OR ->
          unfit(binary, "true or false");
    };
  }

  private @Nullable Term elementwise(
      Expression.Binary binary, String sign, BinaryFunction function, @Nullable Shape wanted) {
    Shape hint = hint(binary, wanted);
    if (hint instanceof Shape.Table(int rows, _)
        && (isGateWithoutSize(binary.left(), rows) || isGateWithoutSize(binary.right(), rows))) {
      return null;
    }
    Term left = check(binary.left(), hint);
    Term right = check(binary.right(), hint);
    return left == null || right == null
        ? null
        : builder.binary(binary.span(), sign, function, left, right);
  }

  /** Whether a side beside a matrix may be a scalar or a vector of each head; reported if so. */
  private boolean isGateWithoutSize(Expression side, int rows) {
    if (infer(side) != null || !isLinear(side)) {
      return false;
    }
    String text = side.span().words();
    body.report(
        Code.SIZE_UNKNOWN,
        side.span(),
        "`%s` stands beside a matrix, so it is not known whether it is a scalar or a vector per head"
            .formatted(text),
        "on a line of its own, `a = %1$s` gives a scalar per head for `a * S`, and `a: [%2$d] = %1$s` gives a vector for `diag(a) * S`"
            .formatted(text, rows));
    return true;
  }

  /** Whether a value has the size of a projection in it. */
  private boolean isLinear(Expression expression) {
    return switch (expression) {
      case Expression.Call call -> {
        String name = call.callee().text();
        boolean elementwise =
            UnaryFunction.find(name).isPresent()
                || List.of("elu", "gelu_erf", "soft_cap", "own").contains(name);
        yield name.equals("linear")
            || name.equals("low_rank")
            || (elementwise
                && !call.arguments().isEmpty()
                && isLinear(call.arguments().getFirst().value()));
      }
      case Expression.Unary unary -> isLinear(unary.operand());
      case Expression.Binary binary -> isLinear(binary.left()) || isLinear(binary.right());
      default -> false;
    };
  }

  /** A side that states its own shape decides before the place does. */
  private @Nullable Shape hint(Expression.Binary binary, @Nullable Shape wanted) {
    Shape own = infer(binary);
    return own == null || own instanceof Shape.Fixed ? wanted : own;
  }

  private @Nullable Term power(Expression.Binary binary, @Nullable Shape wanted) {
    Term base = check(binary.left(), wanted);
    Term exponent = check(binary.right(), wanted);
    return base == null || exponent == null ? null : builder.power(binary.span(), base, exponent);
  }

  /** Of numbers that are known before training. */
  private @Nullable Term remainder(Expression.Binary binary) {
    Double left = number(binary.left());
    Double right = number(binary.right());
    if (left == null || right == null) {
      return null;
    }
    if (right == 0) {
      body.report(Code.CELL_NUMBER, binary.span(), "this divides by 0", null);
      return null;
    }
    return TermBuilder.constant(binary.span(), left - right * Math.floor(left / right));
  }

  private @Nullable Term contract(Expression.Binary binary) {
    if (reads.has(binary)) {
      return reads.read(binary);
    }
    Term left = check(binary.left());
    Term right = check(binary.right());
    return left == null || right == null ? null : builder.contract(binary.span(), left, right);
  }
}
