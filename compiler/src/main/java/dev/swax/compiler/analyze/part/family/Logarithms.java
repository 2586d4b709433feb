package dev.swax.compiler.analyze.part.family;

import dev.swax.compiler.analyze.part.body.FixedNumbers;
import dev.swax.compiler.analyze.part.body.PartBody;
import dev.swax.compiler.analyze.part.body.Term;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.source.Span;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Logarithms of gates, worked out on paper so that nothing over- or underflows:
 *
 * <ul>
 *   <li>{@code log exp(z)} is z, {@code log sigmoid(z)} is log_sigmoid(z), {@code log(1 -
 *       sigmoid(z))} is log_sigmoid(-z);
 *   <li>of a product, a quotient, a power and a number as in every textbook;
 *   <li>of max and min, max and min of the logarithms; of softplus and sums of positive values, the
 *       logarithm itself.
 * </ul>
 *
 * Null for what is not above 0 by its form.
 */
final class Logarithms {
  private final PartBody body;
  private final SequencedMap<String, PartExpression> named = new LinkedHashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Set<String> never = new LinkedHashSet<>();
  private final Set<String> taken;

  Logarithms(PartBody body) {
    this.body = body;
    taken = new LinkedHashSet<>(body.names());
  }

  /** The logarithms that got a name of their own, by the name of the value: f to log_f. */
  Map<String, String> names() {
    return names;
  }

  /** The named logarithms themselves. */
  SequencedMap<String, PartExpression> named() {
    return named;
  }

  /** Of a product that {@link #fits}; null for 1. */
  @Nullable PartExpression of(Factors factors, Span span) {
    PartExpression sum = null;
    for (PartExpression factor : factors.factors()) {
      PartExpression logarithm = Objects.requireNonNull(of(factor));
      sum = sum == null ? logarithm : binary(span, BinaryFunction.ADD, sum, logarithm);
    }
    for (PartExpression divisor : factors.divisors()) {
      PartExpression logarithm = Objects.requireNonNull(of(divisor));
      sum =
          sum == null
              ? unary(span, UnaryFunction.NEGATE, logarithm)
              : binary(span, BinaryFunction.SUBTRACT, sum, logarithm);
    }
    if (factors.constant() == 1) {
      return sum;
    }
    PartExpression constant = constant(span, Math.log(factors.constant()));
    return sum == null ? constant : binary(span, BinaryFunction.ADD, sum, constant);
  }

  /** Whether every part of the product is above 0 by its form. */
  boolean fits(Factors factors) {
    return factors.constant() > 0
        && factors.factors().stream().allMatch(this::fits)
        && factors.divisors().stream().allMatch(this::fits);
  }

  /** Where the first part stands that does not fit, if it is not the number in front. */
  Optional<Span> misfit(Factors factors) {
    return Stream.concat(factors.factors().stream(), factors.divisors().stream())
        .filter(factor -> !fits(factor))
        .map(PartExpression::span)
        .findFirst();
  }

  /** Whether a value is above 0 by its form. */
  boolean fits(PartExpression value) {
    return of(value) != null;
  }

  /** The logarithm, or null if the value is not above 0 by its form. */
  @Nullable PartExpression of(PartExpression value) {
    Span span = value.span();
    return switch (value) {
      case PartExpression.Constant _, PartExpression.PerHead _ ->
          FixedNumbers.positive(value) ? FixedNumbers.unary(span, UnaryFunction.LOG, value) : null;
      case PartExpression.Reference reference -> reference(reference);
      case PartExpression.OfGroup(_, var operand, var groups) -> {
        PartExpression inner = of(operand);
        yield inner == null ? null : new PartExpression.OfGroup(span, inner, groups);
      }
      case PartExpression.Unary(_, var function, var operand, _) -> of(span, function, operand);
      case PartExpression.Binary binary -> of(span, binary);
      case PartExpression.Power(_, var operand, double exponent, _) -> {
        PartExpression inner = of(operand);
        yield inner == null
            ? null
            : binary(span, BinaryFunction.MULTIPLY, constant(span, exponent), inner);
      }
      case PartExpression.Input _,
          PartExpression.Embedding _,
          PartExpression.Read _,
          PartExpression.OfState _,
          PartExpression.Linear _,
          PartExpression.LowRank _,
          PartExpression.Conv _,
          PartExpression.Previous _,
          PartExpression.Scan _,
          PartExpression.Dot _,
          PartExpression.Norm _,
          PartExpression.UnitNorm _,
          PartExpression.Rotate _,
          PartExpression.Attend _,
          PartExpression.Concat _,
          PartExpression.Products _,
          PartExpression.Apply _,
          PartExpression.Mixture _,
          PartExpression.Weight _,
          PartExpression.WeightMatrix _ ->
          null;
    };
  }

  private @Nullable PartExpression of(Span span, UnaryFunction function, PartExpression operand) {
    return switch (function) {
      case EXP -> operand;
      case SIGMOID -> unary(span, UnaryFunction.LOG_SIGMOID, operand);
      case SOFTPLUS -> unary(span, UnaryFunction.LOG, unary(span, UnaryFunction.SOFTPLUS, operand));
      case SQRT -> scaled(span, 0.5, of(operand));
      case RECIPROCAL_SQRT -> scaled(span, -0.5, of(operand));
      case RECIPROCAL -> scaled(span, -1, of(operand));
      case SQUARE -> scaled(span, 2, of(operand));
      default -> null;
    };
  }

  private static @Nullable PartExpression scaled(
      Span span, double factor, @Nullable PartExpression logarithm) {
    return logarithm == null
        ? null
        : binary(span, BinaryFunction.MULTIPLY, constant(span, factor), logarithm);
  }

  private @Nullable PartExpression of(Span span, PartExpression.Binary value) {
    PartExpression left = of(value.left());
    PartExpression right = of(value.right());
    if (value.function() == BinaryFunction.SUBTRACT) {
      return complement(span, value);
    }
    if (left == null || right == null) {
      return null;
    }
    return switch (value.function()) {
      case MULTIPLY -> binary(span, BinaryFunction.ADD, left, right);
      case DIVIDE -> binary(span, BinaryFunction.SUBTRACT, left, right);
      case MAXIMUM, MINIMUM -> binary(span, value.function(), left, right);
      case ADD -> unary(span, UnaryFunction.LOG, value);
      case SUBTRACT, GREATER -> null;
    };
  }

  /** {@code 1 - sigmoid(z)} is {@code sigmoid(-z)}. */
  private @Nullable PartExpression complement(Span span, PartExpression.Binary value) {
    if (!(value.left() instanceof PartExpression.Constant(_, double one)) || one != 1) {
      return null;
    }
    return written(value.right()) instanceof PartExpression.Unary(_, var function, var z, _)
            && function == UnaryFunction.SIGMOID
        ? unary(span, UnaryFunction.LOG_SIGMOID, unary(span, UnaryFunction.NEGATE, z))
        : null;
  }

  /** What a name stands for. */
  private PartExpression written(PartExpression value) {
    return value instanceof PartExpression.Reference(_, String name, _)
            && body.definitions().get(name) instanceof PartBody.Defined(_, _, Term.Plain plain, _)
        ? plain.expression()
        : value;
  }

  private @Nullable PartExpression reference(PartExpression.Reference reference) {
    if (never.contains(reference.name())) {
      return null;
    }
    String known = names.get(reference.name());
    if (known != null) {
      return new PartExpression.Reference(reference.span(), known, reference.size());
    }
    PartExpression value = written(reference);
    PartExpression logarithm = value.equals(reference) ? null : of(value);
    if (logarithm == null) {
      never.add(reference.name());
      return null;
    }
    if (logarithm instanceof PartExpression.Reference) {
      return logarithm;
    }
    String name = "log_" + reference.name();
    for (int i = 2; !taken.add(name); i++) {
      name = "log_" + reference.name() + "_" + i;
    }
    names.put(reference.name(), name);
    named.put(name, logarithm);
    return new PartExpression.Reference(reference.span(), name, reference.size());
  }

  private static PartExpression unary(Span span, UnaryFunction function, PartExpression operand) {
    return new PartExpression.Unary(span, function, operand, operand.size());
  }

  private static PartExpression binary(
      Span span, BinaryFunction function, PartExpression left, PartExpression right) {
    return left.isFixed() && right.isFixed()
        ? FixedNumbers.binary(span, function, left, right)
        : new PartExpression.Binary(
            span, function, left, right, Math.max(left.size(), right.size()));
  }

  private static PartExpression constant(Span span, double value) {
    return new PartExpression.Constant(span, value);
  }
}
