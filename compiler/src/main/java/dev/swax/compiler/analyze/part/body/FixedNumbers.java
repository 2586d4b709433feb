package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** Arithmetic on numbers that are fixed before training: constants, or one number for each head. */
public final class FixedNumbers {
  private FixedNumbers() {}

  public static PartExpression unary(Span span, UnaryFunction function, PartExpression x) {
    return of(span, values(x).stream().map(function::of).toList());
  }

  public static PartExpression binary(
      Span span, BinaryFunction function, PartExpression left, PartExpression right) {
    return binary(span, left, right, function::of);
  }

  static PartExpression power(Span span, PartExpression base, PartExpression exponent) {
    return binary(span, base, exponent, Math::pow);
  }

  private static PartExpression binary(
      Span span, PartExpression left, PartExpression right, DoubleBinaryOperator function) {
    List<Double> a = values(left);
    List<Double> b = values(right);
    var results = new ArrayList<Double>();
    for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
      results.add(
          function.applyAsDouble(a.get(a.size() == 1 ? 0 : i), b.get(b.size() == 1 ? 0 : i)));
    }
    return of(span, results);
  }

  /** The number, or the number of each head. */
  static List<Double> values(PartExpression fixed) {
    return switch (fixed) {
      case PartExpression.Constant(_, double value) -> List.of(value);
      case PartExpression.PerHead(_, var values) -> values;
      default -> throw new IllegalArgumentException("not fixed: " + fixed);
    };
  }

  /** Whether all are ordinary numbers above 0. */
  public static boolean positive(PartExpression fixed) {
    return values(fixed).stream().allMatch(value -> value > 0);
  }

  static boolean finite(PartExpression fixed) {
    return values(fixed).stream().allMatch(value -> Math.abs(value) <= Double.MAX_VALUE);
  }

  /** One number stays one unless it was given for each head. */
  private static PartExpression of(Span span, List<Double> values) {
    return values.size() == 1
        ? new PartExpression.Constant(span, values.getFirst())
        : new PartExpression.PerHead(span, values);
  }
}
