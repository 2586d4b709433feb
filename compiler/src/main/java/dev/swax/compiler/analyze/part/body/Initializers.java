package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.analyze.model.Argument;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.DidYouMean;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.Expression.UnaryOperator;
import dev.swax.runtime.program.Initializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * First values of weights: {@code zeros}; {@code small}, N(0, 2/(5 width)); {@code wang}, N(0, (2 /
 * (blocks sqrt(width)))²); {@code normal(deviation)}; {@code uniform(from, to)}; {@code
 * constant(c)}; {@code linspace(from, to)} over the columns; a function or a multiple of these, as
 * in {@code log(uniform(1, 16))}. A bias may also be a number.
 */
final class Initializers {
  private static final List<String> NAMES =
      List.of("zeros", "small", "wang", "normal", "uniform", "constant", "linspace");

  private final PartBody body;
  private final ExpressionChecker expressions;
  private @Nullable Shape filled;

  Initializers(PartBody body, ExpressionChecker expressions) {
    this.body = body;
    this.expressions = expressions;
  }

  /** Says what the next values fill, where it is known. */
  void fill(@Nullable Shape shape) {
    filled = shape;
  }

  /** Of a matrix: small unless {@code init} says otherwise, times {@code gain}. */
  @Nullable Initializer weight(@Nullable Expression init, @Nullable Expression gain) {
    Initializer initializer = init == null ? small() : initializer(init);
    Double factor = gain == null ? Double.valueOf(1) : expressions.number(gain);
    return initializer == null || factor == null ? null : scaled(initializer, factor);
  }

  /** Of a bias, or null if there is none or it was reported. */
  @Nullable Initializer bias(@Nullable Expression bias) {
    return bias == null ? null : ofBias(expressions.chosen(bias));
  }

  /** {@code true} is zeros; {@code false} and {@code none} are no bias. */
  private @Nullable Initializer ofBias(Expression bias) {
    String word = Words.of(body, bias);
    return switch (word) {
      case "true" -> new Initializer.Constant(0);
      case "false", Argument.Word.NONE -> null;
      default -> valuesOrNumber(bias);
    };
  }

  private @Nullable Initializer valuesOrNumber(Expression expression) {
    if (isDrawn(expression)) {
      return initializer(expression);
    }
    if (expression instanceof Expression.Call call && !isFunction(call.callee().text())) {
      return unknown(expression);
    }
    Double number = expressions.number(expression);
    return number == null ? null : new Initializer.Constant(number);
  }

  private static boolean isFunction(String name) {
    return UnaryFunction.find(name).isPresent() || PartFunction.find(name).isPresent();
  }

  /** Whether one of the ways to begin stands anywhere in it. */
  private static boolean isDrawn(Expression expression) {
    return switch (expression) {
      case Expression.Name name -> NAMES.contains(name.text());
      case Expression.Call call ->
          NAMES.contains(call.callee().text())
              || call.arguments().stream().anyMatch(argument -> isDrawn(argument.value()));
      case Expression.Unary unary -> isDrawn(unary.operand());
      case Expression.Binary binary -> isDrawn(binary.left()) || isDrawn(binary.right());
      case Expression.Assumed assumed -> isDrawn(assumed.value());
      default -> false;
    };
  }

  private @Nullable Initializer initializer(Expression expression) {
    return switch (expression) {
      case Expression.Assumed assumed -> initializer(assumed.value());
      case Expression.Name name when name.text().equals("zeros") -> new Initializer.Constant(0);
      case Expression.Name name when name.text().equals("small") -> small();
      case Expression.Name name when name.text().equals("wang") ->
          new Initializer.Normal(2 / (body.blocks() * Math.sqrt(body.width())));
      case Expression.Call call when function(call).isPresent() && isDrawn(call) ->
          function(call, function(call).get());
      case Expression.Call call when NAMES.contains(call.callee().text()) -> call(call);
      case Expression.Unary unary
          when unary.operator() == UnaryOperator.NEGATE && isDrawn(unary.operand()) ->
          affine(-1, 0, initializer(unary.operand()));
      case Expression.Binary binary when isDrawn(binary.left()) != isDrawn(binary.right()) ->
          binary(binary);
      default -> unknown(expression);
    };
  }

  private Initializer small() {
    return new Initializer.Normal(Math.sqrt(2 / (5.0 * body.width())));
  }

  private @Nullable Initializer call(Expression.Call call) {
    var numbers = new ArrayList<Double>();
    Expression within = null;
    for (Expression.Argument argument : call.arguments()) {
      if (argument.name() != null && argument.name().text().equals("within")) {
        within = argument.value();
        continue;
      }
      Double number = expressions.number(argument.value());
      if (number == null) {
        return null;
      }
      numbers.add(number);
    }
    String name = call.callee().text();
    if (name.equals("normal") && numbers.size() == 1 && numbers.getFirst() >= 0) {
      return new Initializer.Normal(numbers.getFirst());
    }
    if (name.equals("constant") && numbers.size() == 1) {
      return new Initializer.Constant(numbers.getFirst());
    }
    if (name.equals("linspace") && numbers.size() == 2 && within != null) {
      return ofHead(call, numbers.get(0), numbers.get(1), within);
    }
    if (name.equals("linspace") && numbers.size() == 2) {
      return new Initializer.Linspace(numbers.get(0), numbers.get(1));
    }
    if (name.equals("uniform") && numbers.size() == 2 && numbers.get(0) <= numbers.get(1)) {
      return new Initializer.Uniform(numbers.get(0), numbers.get(1));
    }
    return unknown(call);
  }

  /** In equal steps over the channels of each head. */
  private @Nullable Initializer ofHead(
      Expression.Call call, double from, double to, Expression within) {
    if (Words.of(body, "within", within, List.of("head")) == null) {
      return null;
    }
    if (filled instanceof Shape.Vector(int size)) {
      return new Initializer.Rows(from, to, size, 1);
    }
    body.report(
        Code.INITIALIZER,
        call.span(),
        "`within: head` needs a vector in each head, but here is none",
        "linspace(%s, %s)".formatted(Numbers.text(from), Numbers.text(to)));
    return null;
  }

  /** The function that values can be taken through, if a call is one of it. */
  private static Optional<Initializer.Function> function(Expression.Call call) {
    return switch (call.callee().text()) {
      case "exp" -> Optional.of(Initializer.Function.EXP);
      case "expm1" -> Optional.of(Initializer.Function.EXPM1);
      case "log" -> Optional.of(Initializer.Function.LOG);
      case "sqrt" -> Optional.of(Initializer.Function.SQRT);
      default -> Optional.empty();
    };
  }

  private @Nullable Initializer function(Expression.Call call, Initializer.Function function) {
    if (call.arguments().size() != 1 || call.arguments().getFirst().name() != null) {
      return unknown(call);
    }
    Expression argument = call.arguments().getFirst().value();
    Initializer values = initializer(argument);
    if (values == null) {
      return null;
    }
    if (InitialRange.of(values).allows(function)) {
      return new Initializer.Of(function, values);
    }
    body.report(
        Code.INITIALIZER,
        call.span(),
        "`%s` is not a number for every value of `%s`"
            .formatted(call.callee().text(), argument.span().words()),
        null);
    return null;
  }

  /** A multiple, or a shift, by a number on either side. */
  private @Nullable Initializer binary(Expression.Binary binary) {
    boolean left = isDrawn(binary.left());
    Double number = expressions.number(left ? binary.right() : binary.left());
    Initializer values = initializer(left ? binary.left() : binary.right());
    if (number == null || values == null) {
      return null;
    }
    return switch (binary.operator()) {
      case ADD -> affine(1, number, values);
      case SUBTRACT -> left ? affine(1, -number, values) : affine(-1, number, values);
      case MULTIPLY -> affine(number, 0, values);
      case POWER -> left ? power(binary, number, values) : unknown(binary);
      case DIVIDE -> left && number != 0 ? affine(1 / number, 0, values) : unknown(binary);
      default -> unknown(binary);
    };
  }

  private @Nullable Initializer power(
      Expression.Binary binary, double exponent, Initializer values) {
    if (exponent > 0 && InitialRange.of(values).least() >= 0) {
      return new Initializer.Power(exponent, values);
    }
    return unknown(binary);
  }

  private static @Nullable Initializer affine(
      double scale, double shift, @Nullable Initializer values) {
    return values == null ? null : new Initializer.Affine(scale, shift, values);
  }

  private @Nullable Initializer unknown(Expression expression) {
    String name =
        switch (expression) {
          case Expression.Name word -> word.text();
          case Expression.Call call -> call.callee().text();
          default -> "";
        };
    String help = NAMES.contains(name) ? null : DidYouMean.choices(name, NAMES).orElse(null);
    body.report(
        Code.INITIALIZER,
        expression.span(),
        "`%s` is not a way to initialise weights".formatted(expression.span().words()),
        help == null
            ? "zeros, small, wang, normal(deviation), uniform(a, b), constant(c) or linspace(a, b)"
            : help);
    return null;
  }

  /** As a matrix of each head begins: steps go over its rows. */
  static Initializer overRows(Initializer initializer, int rows, int columns) {
    return switch (initializer) {
      case Initializer.Linspace(double from, double to) ->
          new Initializer.Rows(from, to, rows, columns);
      case Initializer.Of(var function, var values) ->
          new Initializer.Of(function, overRows(values, rows, columns));
      case Initializer.Power(double exponent, var values) ->
          new Initializer.Power(exponent, overRows(values, rows, columns));
      case Initializer.Affine(double scale, double shift, var values) ->
          new Initializer.Affine(scale, shift, overRows(values, rows, columns));
      case Initializer.Normal _,
          Initializer.Uniform _,
          Initializer.Constant _,
          Initializer.Rows _ ->
          initializer;
    };
  }

  private static Initializer scaled(Initializer initializer, double gain) {
    return switch (initializer) {
      case Initializer.Normal(double deviation) ->
          new Initializer.Normal(deviation * Math.abs(gain));
      case Initializer.Constant(double value) -> new Initializer.Constant(value * gain);
      case Initializer.Linspace(double from, double to) ->
          new Initializer.Linspace(from * gain, to * gain);
      case Initializer.Uniform _,
          Initializer.Rows _,
          Initializer.Of _,
          Initializer.Power _,
          Initializer.Affine _ ->
          gain == 1 ? initializer : new Initializer.Affine(gain, 0, initializer);
    };
  }
}
