package dev.swax.compiler.analyze.cell;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.DidYouMean;
import dev.swax.compiler.syntax.Expression;
import dev.swax.runtime.program.Initializer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * First values of weights: {@code zeros}; {@code small}, N(0, 2/(5 width)); {@code wang}, N(0, (2 /
 * (blocks sqrt(width)))²); {@code normal(deviation)}; {@code constant(c)}; {@code linspace(from,
 * to)} over the columns. A bias may also be a number.
 */
final class Initializers {
  private static final List<String> NAMES =
      List.of("zeros", "small", "wang", "normal", "constant", "linspace");

  private final CellBody body;
  private final ExpressionChecker expressions;

  Initializers(CellBody body, ExpressionChecker expressions) {
    this.body = body;
    this.expressions = expressions;
  }

  /** Of a matrix: small unless {@code init} says otherwise, times {@code gain}. */
  @Nullable Initializer weight(@Nullable Expression init, @Nullable Expression gain) {
    Initializer initializer = init == null ? small() : initializer(init);
    Double factor = gain == null ? Double.valueOf(1) : expressions.number(gain);
    return initializer == null || factor == null ? null : scaled(initializer, factor);
  }

  /** Of a bias, or null if there is none or it was reported. */
  @Nullable Initializer bias(@Nullable Expression bias) {
    if (bias == null) {
      return null;
    }
    if (bias instanceof Expression.Call || isWord(bias)) {
      return initializer(bias);
    }
    Double number = expressions.number(bias);
    return number == null ? null : new Initializer.Constant(number);
  }

  private static boolean isWord(Expression expression) {
    return expression instanceof Expression.Name name && NAMES.contains(name.text());
  }

  private @Nullable Initializer initializer(Expression expression) {
    return switch (expression) {
      case Expression.Assumed assumed -> initializer(assumed.value());
      case Expression.Name name when name.text().equals("zeros") -> new Initializer.Constant(0);
      case Expression.Name name when name.text().equals("small") -> small();
      case Expression.Name name when name.text().equals("wang") ->
          new Initializer.Normal(2 / (body.blocks() * Math.sqrt(body.width())));
      case Expression.Call call -> call(call);
      default -> unknown(expression);
    };
  }

  private Initializer small() {
    return new Initializer.Normal(Math.sqrt(2 / (5.0 * body.width())));
  }

  private @Nullable Initializer call(Expression.Call call) {
    var numbers = new ArrayList<Double>();
    for (Expression.Argument argument : call.arguments()) {
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
    if (name.equals("linspace") && numbers.size() == 2) {
      return new Initializer.Linspace(numbers.get(0), numbers.get(1));
    }
    return unknown(call);
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
            ? "zeros, small, wang, normal(deviation), constant(c) or linspace(from, to)"
            : help);
    return null;
  }

  private static Initializer scaled(Initializer initializer, double gain) {
    return switch (initializer) {
      case Initializer.Normal(double deviation) ->
          new Initializer.Normal(deviation * Math.abs(gain));
      case Initializer.Constant(double value) -> new Initializer.Constant(value * gain);
      case Initializer.Linspace(double from, double to) ->
          new Initializer.Linspace(from * gain, to * gain);
    };
  }
}
