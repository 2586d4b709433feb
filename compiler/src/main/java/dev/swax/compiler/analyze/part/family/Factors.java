package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.model.part.PartText;
import dev.swax.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * A scalar per head as a product: {@code constant * factors / divisors}. A decay of rows is a
 * vector, made of both.
 */
record Factors(double constant, List<PartExpression> factors, List<PartExpression> divisors) {
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
  Factors times(PartExpression scalar) {
    return switch (scalar) {
      case PartExpression.Constant(_, double value) ->
          new Factors(constant * value, factors, divisors);
      case PartExpression.Binary(_, var function, var left, var right, _)
          when function == BinaryFunction.MULTIPLY ->
          times(left).times(right);
      case PartExpression.Binary(_, var function, var left, var right, _)
          when function == BinaryFunction.DIVIDE ->
          times(left).over(right);
      case PartExpression.Unary(_, var function, var operand, _)
          when function == UnaryFunction.NEGATE ->
          times(operand).negated();
      default -> new Factors(constant, with(factors, scalar), divisors);
    };
  }

  Factors over(PartExpression scalar) {
    return switch (scalar) {
      case PartExpression.Constant(_, double value) when value != 0 ->
          new Factors(constant / value, factors, divisors);
      case PartExpression.Binary(_, var function, var left, var right, _)
          when function == BinaryFunction.MULTIPLY ->
          over(left).over(right);
      case PartExpression.Binary(_, var function, var left, var right, _)
          when function == BinaryFunction.DIVIDE ->
          over(left).times(right);
      case PartExpression.Unary(_, var function, var operand, _)
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
  PartExpression applyTo(PartExpression vector, Span span) {
    PartExpression result = vector;
    for (PartExpression factor : factors) {
      result = binary(span, BinaryFunction.MULTIPLY, factor, result);
    }
    for (PartExpression divisor : divisors) {
      result = binary(span, BinaryFunction.DIVIDE, result, divisor);
    }
    return result;
  }

  /** {@code vector * constant * factors / divisors}. */
  PartExpression product(PartExpression vector, Span span) {
    PartExpression product = applyTo(vector, span);
    return constant == 1
        ? product
        : binary(
            span, BinaryFunction.MULTIPLY, new PartExpression.Constant(span, constant), product);
  }

  /** The product as one expression. */
  PartExpression expression(Span span) {
    PartExpression product = null;
    for (PartExpression factor : factors) {
      product = product == null ? factor : binary(span, BinaryFunction.MULTIPLY, product, factor);
    }
    var number = new PartExpression.Constant(span, constant);
    if (product == null) {
      product = number;
    } else if (constant != 1) {
      product = binary(span, BinaryFunction.MULTIPLY, number, product);
    }
    for (PartExpression divisor : divisors) {
      product = binary(span, BinaryFunction.DIVIDE, product, divisor);
    }
    return product;
  }

  private static PartExpression binary(
      Span span, BinaryFunction function, PartExpression left, PartExpression right) {
    int size = Math.max(left.size(), right.size());
    return new PartExpression.Binary(span, function, left, right, size);
  }

  /** Whether both are the same product, in whatever order. */
  boolean same(Factors other) {
    return constant == other.constant && text().equals(other.text());
  }

  /** Without the constant; equal for equal products, in whatever order. */
  String text() {
    return texts(factors) + " / " + texts(divisors);
  }

  private static List<String> texts(List<PartExpression> expressions) {
    return expressions.stream().map(PartText::of).sorted().toList();
  }

  private static List<PartExpression> with(List<PartExpression> list, PartExpression more) {
    return joined(list, List.of(more));
  }

  private static List<PartExpression> joined(List<PartExpression> list, List<PartExpression> more) {
    var all = new ArrayList<>(list);
    all.addAll(more);
    return all;
  }
}
