package dev.swax.compiler.analyze.cell.family;

import dev.swax.compiler.analyze.cell.body.CellBody;
import dev.swax.compiler.analyze.cell.body.FixedNumbers;
import dev.swax.compiler.analyze.cell.body.Term;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.model.cell.CellExpression;
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
  private final CellBody body;
  private final SequencedMap<String, CellExpression> named = new LinkedHashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Set<String> never = new LinkedHashSet<>();
  private final Set<String> taken;

  Logarithms(CellBody body) {
    this.body = body;
    taken = new LinkedHashSet<>(body.names());
  }

  /** The logarithms that got a name of their own, by the name of the value: f to log_f. */
  Map<String, String> names() {
    return names;
  }

  /** The named logarithms themselves. */
  SequencedMap<String, CellExpression> named() {
    return named;
  }

  /** Of a product that {@link #fits}; null for 1. */
  @Nullable CellExpression of(Factors factors, Span span) {
    CellExpression sum = null;
    for (CellExpression factor : factors.factors()) {
      CellExpression logarithm = Objects.requireNonNull(of(factor));
      sum = sum == null ? logarithm : binary(span, BinaryFunction.ADD, sum, logarithm);
    }
    for (CellExpression divisor : factors.divisors()) {
      CellExpression logarithm = Objects.requireNonNull(of(divisor));
      sum =
          sum == null
              ? unary(span, UnaryFunction.NEGATE, logarithm)
              : binary(span, BinaryFunction.SUBTRACT, sum, logarithm);
    }
    if (factors.constant() == 1) {
      return sum;
    }
    CellExpression constant = constant(span, Math.log(factors.constant()));
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
        .map(CellExpression::span)
        .findFirst();
  }

  /** Whether a value is above 0 by its form. */
  boolean fits(CellExpression value) {
    return of(value) != null;
  }

  /** The logarithm, or null if the value is not above 0 by its form. */
  @Nullable CellExpression of(CellExpression value) {
    Span span = value.span();
    return switch (value) {
      case CellExpression.Constant _, CellExpression.PerHead _ ->
          FixedNumbers.positive(value) ? FixedNumbers.unary(span, UnaryFunction.LOG, value) : null;
      case CellExpression.Reference reference -> reference(reference);
      case CellExpression.OfGroup(_, var operand, var groups) -> {
        CellExpression inner = of(operand);
        yield inner == null ? null : new CellExpression.OfGroup(span, inner, groups);
      }
      case CellExpression.Unary(_, var function, var operand, _) -> of(span, function, operand);
      case CellExpression.Binary binary -> of(span, binary);
      case CellExpression.Power(_, var operand, double exponent, _) -> {
        CellExpression inner = of(operand);
        yield inner == null
            ? null
            : binary(span, BinaryFunction.MULTIPLY, constant(span, exponent), inner);
      }
      case CellExpression.Input _,
          CellExpression.Embedding _,
          CellExpression.Read _,
          CellExpression.OfState _,
          CellExpression.Linear _,
          CellExpression.LowRank _,
          CellExpression.Conv _,
          CellExpression.Previous _,
          CellExpression.Scan _,
          CellExpression.Dot _,
          CellExpression.Norm _,
          CellExpression.UnitNorm _,
          CellExpression.Rotate _,
          CellExpression.Attend _,
          CellExpression.Concat _,
          CellExpression.Products _,
          CellExpression.Apply _,
          CellExpression.Mixture _,
          CellExpression.Weight _,
          CellExpression.WeightMatrix _ ->
          null;
    };
  }

  private @Nullable CellExpression of(Span span, UnaryFunction function, CellExpression operand) {
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

  private static @Nullable CellExpression scaled(
      Span span, double factor, @Nullable CellExpression logarithm) {
    return logarithm == null
        ? null
        : binary(span, BinaryFunction.MULTIPLY, constant(span, factor), logarithm);
  }

  private @Nullable CellExpression of(Span span, CellExpression.Binary value) {
    CellExpression left = of(value.left());
    CellExpression right = of(value.right());
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
  private @Nullable CellExpression complement(Span span, CellExpression.Binary value) {
    if (!(value.left() instanceof CellExpression.Constant(_, double one)) || one != 1) {
      return null;
    }
    return written(value.right()) instanceof CellExpression.Unary(_, var function, var z, _)
            && function == UnaryFunction.SIGMOID
        ? unary(span, UnaryFunction.LOG_SIGMOID, unary(span, UnaryFunction.NEGATE, z))
        : null;
  }

  /** What a name stands for. */
  private CellExpression written(CellExpression value) {
    return value instanceof CellExpression.Reference(_, String name, _)
            && body.definitions().get(name) instanceof CellBody.Defined(_, _, Term.Plain plain, _)
        ? plain.expression()
        : value;
  }

  private @Nullable CellExpression reference(CellExpression.Reference reference) {
    if (never.contains(reference.name())) {
      return null;
    }
    String known = names.get(reference.name());
    if (known != null) {
      return new CellExpression.Reference(reference.span(), known, reference.size());
    }
    CellExpression value = written(reference);
    CellExpression logarithm = value.equals(reference) ? null : of(value);
    if (logarithm == null) {
      never.add(reference.name());
      return null;
    }
    if (logarithm instanceof CellExpression.Reference) {
      return logarithm;
    }
    String name = "log_" + reference.name();
    for (int i = 2; !taken.add(name); i++) {
      name = "log_" + reference.name() + "_" + i;
    }
    names.put(reference.name(), name);
    named.put(name, logarithm);
    return new CellExpression.Reference(reference.span(), name, reference.size());
  }

  private static CellExpression unary(Span span, UnaryFunction function, CellExpression operand) {
    return new CellExpression.Unary(span, function, operand, operand.size());
  }

  private static CellExpression binary(
      Span span, BinaryFunction function, CellExpression left, CellExpression right) {
    return left.isFixed() && right.isFixed()
        ? FixedNumbers.binary(span, function, left, right)
        : new CellExpression.Binary(
            span, function, left, right, Math.max(left.size(), right.size()));
  }

  private static CellExpression constant(Span span, double value) {
    return new CellExpression.Constant(span, value);
  }
}
