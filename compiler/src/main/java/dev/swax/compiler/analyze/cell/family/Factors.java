package dev.swax.compiler.analyze.cell.family;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.model.cell.CellExpression;
import dev.swax.compiler.model.cell.CellText;
import dev.swax.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * A scalar per head as a product: {@code constant * factors / divisors}. A decay of rows is a
 * vector, made of both.
 */
record Factors(double constant, List<CellExpression> factors, List<CellExpression> divisors) {
  static final Factors ONE = new Factors(1, List.of(), List.of());

  Factors {
    factors = List.copyOf(factors);
    divisors = List.copyOf(divisors);
  }

  Factors negated() {
    return new Factors(-constant, factors, divisors);
  }

  Factors withConstant(double number) {
    return new Factors(number, factors, divisors);
  }

  /** Products, quotients, signs and constants are taken apart. */
  Factors times(CellExpression scalar) {
    return switch (scalar) {
      case CellExpression.Constant(_, double value) ->
          new Factors(constant * value, factors, divisors);
      case CellExpression.Binary(_, var function, var left, var right, _)
          when function == BinaryFunction.MULTIPLY ->
          times(left).times(right);
      case CellExpression.Binary(_, var function, var left, var right, _)
          when function == BinaryFunction.DIVIDE ->
          times(left).over(right);
      case CellExpression.Unary(_, var function, var operand, _)
          when function == UnaryFunction.NEGATE ->
          times(operand).negated();
      default -> new Factors(constant, with(factors, scalar), divisors);
    };
  }

  Factors over(CellExpression scalar) {
    return switch (scalar) {
      case CellExpression.Constant(_, double value) when value != 0 ->
          new Factors(constant / value, factors, divisors);
      case CellExpression.Binary(_, var function, var left, var right, _)
          when function == BinaryFunction.MULTIPLY ->
          over(left).over(right);
      case CellExpression.Binary(_, var function, var left, var right, _)
          when function == BinaryFunction.DIVIDE ->
          over(left).times(right);
      case CellExpression.Unary(_, var function, var operand, _)
          when function == UnaryFunction.NEGATE ->
          over(operand).negated();
      default -> new Factors(constant, factors, with(divisors, scalar));
    };
  }

  Factors times(Factors other) {
    return new Factors(
        constant * other.constant,
        joined(factors, other.factors),
        joined(divisors, other.divisors));
  }

  boolean isOne() {
    return constant == 1 && factors.isEmpty() && divisors.isEmpty();
  }

  /** {@code vector * factors / divisors}, the constant left out. */
  CellExpression applyTo(CellExpression vector, Span span) {
    CellExpression result = vector;
    for (CellExpression factor : factors) {
      result = binary(span, BinaryFunction.MULTIPLY, factor, result);
    }
    for (CellExpression divisor : divisors) {
      result = binary(span, BinaryFunction.DIVIDE, result, divisor);
    }
    return result;
  }

  /** {@code vector * constant * factors / divisors}. */
  CellExpression product(CellExpression vector, Span span) {
    CellExpression product = applyTo(vector, span);
    return constant == 1
        ? product
        : binary(
            span, BinaryFunction.MULTIPLY, new CellExpression.Constant(span, constant), product);
  }

  /** The product as one expression. */
  CellExpression expression(Span span) {
    CellExpression product = null;
    for (CellExpression factor : factors) {
      product = product == null ? factor : binary(span, BinaryFunction.MULTIPLY, product, factor);
    }
    var number = new CellExpression.Constant(span, constant);
    if (product == null) {
      product = number;
    } else if (constant != 1) {
      product = binary(span, BinaryFunction.MULTIPLY, number, product);
    }
    for (CellExpression divisor : divisors) {
      product = binary(span, BinaryFunction.DIVIDE, product, divisor);
    }
    return product;
  }

  private static CellExpression binary(
      Span span, BinaryFunction function, CellExpression left, CellExpression right) {
    int size = Math.max(left.size(), right.size());
    return new CellExpression.Binary(span, function, left, right, size);
  }

  /** Whether both are the same product, in whatever order. */
  boolean same(Factors other) {
    return constant == other.constant && text().equals(other.text());
  }

  /** Without the constant; equal for equal products, in whatever order. */
  String text() {
    return texts(factors) + " / " + texts(divisors);
  }

  private static List<String> texts(List<CellExpression> expressions) {
    return expressions.stream().map(CellText::of).sorted().toList();
  }

  private static List<CellExpression> with(List<CellExpression> list, CellExpression more) {
    return joined(list, List.of(more));
  }

  private static List<CellExpression> joined(List<CellExpression> list, List<CellExpression> more) {
    var all = new ArrayList<>(list);
    all.addAll(more);
    return all;
  }
}
