package dev.swax.compiler.analyze.cell.body;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.model.cell.CellExpression;
import dev.swax.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** Arithmetic on numbers that are fixed before training: constants, or one number for each head. */
public final class FixedNumbers {
  private FixedNumbers() {}

  public static CellExpression unary(Span span, UnaryFunction function, CellExpression x) {
    return of(span, values(x).stream().map(function::of).toList());
  }

  public static CellExpression binary(
      Span span, BinaryFunction function, CellExpression left, CellExpression right) {
    return binary(span, left, right, function::of);
  }

  static CellExpression power(Span span, CellExpression base, CellExpression exponent) {
    return binary(span, base, exponent, Math::pow);
  }

  private static CellExpression binary(
      Span span, CellExpression left, CellExpression right, DoubleBinaryOperator function) {
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
  static List<Double> values(CellExpression fixed) {
    return switch (fixed) {
      case CellExpression.Constant(_, double value) -> List.of(value);
      case CellExpression.PerHead(_, var values) -> values;
      default -> throw new IllegalArgumentException("not fixed: " + fixed);
    };
  }

  /** Whether all are ordinary numbers above 0. */
  public static boolean positive(CellExpression fixed) {
    return values(fixed).stream().allMatch(value -> value > 0);
  }

  static boolean finite(CellExpression fixed) {
    return values(fixed).stream().allMatch(value -> Math.abs(value) <= Double.MAX_VALUE);
  }

  /** One number stays one unless it was given for each head. */
  private static CellExpression of(Span span, List<Double> values) {
    return values.size() == 1
        ? new CellExpression.Constant(span, values.getFirst())
        : new CellExpression.PerHead(span, values);
  }
}
