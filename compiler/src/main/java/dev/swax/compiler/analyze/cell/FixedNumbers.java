package dev.swax.compiler.analyze.cell;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.model.cell.CellExpression;
import dev.swax.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Arithmetic on numbers that are fixed before training: constants, or one number for each head. */
final class FixedNumbers {
  private FixedNumbers() {}

  static CellExpression unary(Span span, CellExpression x, DoubleUnaryOperator function) {
    return of(span, values(x).stream().map(function::applyAsDouble).toList());
  }

  static CellExpression binary(
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
  static boolean positive(CellExpression fixed) {
    return values(fixed).stream().allMatch(value -> value > 0);
  }

  static boolean finite(CellExpression fixed) {
    return values(fixed).stream().allMatch(value -> Math.abs(value) <= Double.MAX_VALUE);
  }

  static DoubleUnaryOperator function(UnaryFunction function) {
    return switch (function) {
      case NEGATE -> value -> -value;
      case EXP -> Math::exp;
      case LOG -> Math::log;
      case SQRT -> Math::sqrt;
      case RECIPROCAL_SQRT -> value -> 1 / Math.sqrt(value);
      case RECIPROCAL -> value -> 1 / value;
      case ABS -> Math::abs;
      case SIGN -> Math::signum;
      case SQUARE -> value -> value * value;
      case TANH -> Math::tanh;
      case RELU -> value -> Math.max(value, 0);
      case SIGMOID -> FixedNumbers::sigmoid;
      case SILU -> value -> value * sigmoid(value);
      case GELU ->
          value ->
              value
                  * sigmoid(
                      2 * Math.sqrt(2 / Math.PI) * (value + 0.044715 * value * value * value));
      case SOFTPLUS -> value -> -Math.log(sigmoid(-value));
      case LOG_SIGMOID -> value -> Math.log(sigmoid(value));
    };
  }

  static DoubleBinaryOperator function(BinaryFunction function) {
    return switch (function) {
      case ADD -> Double::sum;
      case SUBTRACT -> (a, b) -> a - b;
      case MULTIPLY -> (a, b) -> a * b;
      case DIVIDE -> (a, b) -> a / b;
      case MAXIMUM -> Math::max;
      case MINIMUM -> Math::min;
      case GREATER -> (a, b) -> a > b ? 1 : 0;
    };
  }

  private static double sigmoid(double value) {
    return 1 / (1 + Math.exp(-value));
  }

  /** One number stays one unless it was given for each head. */
  private static CellExpression of(Span span, List<Double> values) {
    return values.size() == 1
        ? new CellExpression.Constant(span, values.getFirst())
        : new CellExpression.PerHead(span, values);
  }
}
