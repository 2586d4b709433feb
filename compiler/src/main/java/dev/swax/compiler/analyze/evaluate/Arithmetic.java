package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.Expression.BinaryOperator;
import dev.swax.compiler.type.Dimension;
import dev.swax.compiler.type.Quantity;
import dev.swax.compiler.type.Rational;
import java.math.BigDecimal;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Exact arithmetic and comparison of numbers with units. */
public final class Arithmetic {
  private static final Rational HUNDREDTH = Rational.ONE.dividedBy(Rational.of(100));
  private static final int MAXIMUM_BITS = 4096;
  private static final int MAXIMUM_EXPONENT = 1000;

  private final Diagnostics diagnostics;

  public Arithmetic(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  Value literal(Expression.Literal literal) {
    BigDecimal value = literal.value();
    long magnitude = (long) value.precision() - value.scale();
    boolean far = value.signum() != 0 && Math.abs(magnitude) > MAXIMUM_EXPONENT;
    if (far || value.precision() > MAXIMUM_EXPONENT) {
      return report(Code.TOO_LARGE, literal.span(), "this number has too many digits");
    }
    Rational scaled = value.signum() == 0 ? Rational.ZERO : Rational.of(value);
    Rational unit =
        literal.unit() == Expression.Unit.PERCENT ? HUNDREDTH : multiplier(literal.multiplier());
    return number(scaled.times(unit), dimension(literal.unit()), literal.span());
  }

  private static Rational multiplier(Expression.Multiplier multiplier) {
    return Rational.of(
        switch (multiplier) {
          case ONE -> 1;
          case KIBI -> 1L << 10;
          case MEBI -> 1L << 20;
          case THOUSAND -> 1_000;
          case MILLION -> 1_000_000;
          case BILLION -> 1_000_000_000;
        });
  }

  private static Dimension dimension(Expression.Unit unit) {
    return switch (unit) {
      case NONE -> Dimension.NONE;
      case TOKEN -> Dimension.TOKENS;
      case STEP -> Dimension.STEPS;
      case PERCENT -> Dimension.PERCENT;
    };
  }

  Value unary(Expression.Unary unary, Value operand) {
    return switch (operand) {
      case Value.Unknown unknown -> unknown;
      case Value.Numeric(Quantity(Rational value, Dimension dimension))
          when unary.operator() == Expression.UnaryOperator.NEGATE ->
          new Value.Numeric(new Quantity(value.negate(), dimension));
      case Value.Truth(boolean value) when unary.operator() == Expression.UnaryOperator.NOT ->
          new Value.Truth(!value);
      default ->
          report(
              Code.WRONG_TYPE,
              unary.operand().span(),
              unary.operator() == Expression.UnaryOperator.NOT
                  ? "`not` expects true or false, but this is " + operand.describe()
                  : "`-` expects a number, but this is " + operand.describe());
    };
  }

  Value binary(Expression.Binary binary, Value left, Value right) {
    if (left instanceof Value.Unknown || right instanceof Value.Unknown) {
      return Value.UNKNOWN;
    }
    if (left instanceof Value.Numeric(Quantity a) && right instanceof Value.Numeric(Quantity b)) {
      return numbers(binary, a, b);
    }
    return switch (binary.operator()) {
      case EQUAL, NOT_EQUAL -> equality(binary, left, right);
      default -> wantsNumbers(binary, left, right);
    };
  }

  private Value equality(Expression.Binary binary, Value left, Value right) {
    boolean wanted = binary.operator() == BinaryOperator.EQUAL;
    return isPlain(left) && left.type() == right.type()
        ? new Value.Truth(left.equals(right) == wanted)
        : report(
            Code.WRONG_TYPE,
            binary.span(),
            "%s and %s cannot be compared".formatted(left.describe(), right.describe()));
  }

  private Value wantsNumbers(Expression.Binary binary, Value left, Value right) {
    boolean leftFits = left instanceof Value.Numeric;
    return report(
        Code.WRONG_TYPE,
        (leftFits ? binary.right() : binary.left()).span(),
        "`%s` expects numbers, but this is %s"
            .formatted(symbol(binary.operator()), (leftFits ? right : left).describe()));
  }

  private static boolean isPlain(Value value) {
    return switch (value) {
      case Value.Text _, Value.Truth _, Value.Word _ -> true;
      default -> false;
    };
  }

  private Value numbers(Expression.Binary binary, Quantity a, Quantity b) {
    return switch (binary.operator()) {
      case ADD, SUBTRACT, REMAINDER -> aligned(binary, a, b);
      case MULTIPLY ->
          number(a.value().times(b.value()), a.dimension().times(b.dimension()), binary.span());
      case DIVIDE -> quotient(binary, a, b);
      case POWER -> power(binary, a, b);
      case EQUAL -> compare(binary, a, b, order -> order == 0);
      case NOT_EQUAL -> compare(binary, a, b, order -> order != 0);
      case LESS -> compare(binary, a, b, order -> order < 0);
      case LESS_OR_EQUAL -> compare(binary, a, b, order -> order <= 0);
      case GREATER -> compare(binary, a, b, order -> order > 0);
      case GREATER_OR_EQUAL -> compare(binary, a, b, order -> order >= 0);
      case CONTRACT ->
          report(Code.ONLY_IN_CELLS, binary.span(), "`.` reads a state, which only a cell has");
      case AND, OR ->
          report(
              Code.WRONG_TYPE,
              binary.left().span(),
              "`%s` expects true or false, but this is %s".formatted(symbol(binary.operator()), a));
    };
  }

  /** Sum, difference and remainder: both sides must count the same. */
  private Value aligned(Expression.Binary binary, Quantity a, Quantity b) {
    Dimension dimension = common(a.dimension(), b.dimension());
    if (dimension == null) {
      return unitsDiffer(binary, a, b);
    }
    Rational x = a.value();
    Rational y = b.value();
    if (binary.operator() == BinaryOperator.REMAINDER && y.signum() == 0) {
      return divisionByZero(binary);
    }
    Rational result =
        switch (binary.operator()) {
          case ADD -> x.plus(y);
          case SUBTRACT -> x.minus(y);
          default -> x.remainder(y);
        };
    return number(result, dimension, binary.span());
  }

  private Value quotient(Expression.Binary binary, Quantity a, Quantity b) {
    return b.value().signum() == 0
        ? divisionByZero(binary)
        : number(a.value().dividedBy(b.value()), a.dimension().over(b.dimension()), binary.span());
  }

  private Value divisionByZero(Expression.Binary binary) {
    return report(
        Code.DIVISION_BY_ZERO,
        binary.right().span(),
        binary.operator() == BinaryOperator.POWER
            ? "0 has no negative powers"
            : "this divides by 0");
  }

  private Value power(Expression.Binary binary, Quantity a, Quantity b) {
    if (!b.dimension().equals(Dimension.NONE) || !b.value().isWhole()) {
      return report(
          Code.NOT_WHOLE,
          binary.right().span(),
          "outside a cell an exponent must be a whole number, but this is " + b);
    }
    if (b.value().bits() > 31 || Math.abs(b.value().toLong()) > MAXIMUM_EXPONENT) {
      return report(Code.TOO_LARGE, binary.right().span(), "an exponent of " + b + " is too large");
    }
    int exponent = (int) b.value().toLong();
    if (exponent < 0 && a.value().signum() == 0) {
      return divisionByZero(binary);
    }
    if ((long) a.value().bits() * Math.abs(exponent) > 2L * MAXIMUM_BITS) {
      return report(Code.TOO_LARGE, binary.span(), "this number has too many digits");
    }
    return number(a.value().power(exponent), a.dimension().power(exponent), binary.span());
  }

  private Value compare(Expression.Binary binary, Quantity a, Quantity b, IntPredicate holds) {
    return common(a.dimension(), b.dimension()) == null
        ? unitsDiffer(binary, a, b)
        : new Value.Truth(holds.test(a.value().compareTo(b.value())));
  }

  private Value unitsDiffer(Expression.Binary binary, Quantity a, Quantity b) {
    return report(
        Code.WRONG_UNIT,
        binary.span(),
        "`%s` needs the same unit on both sides, but left is %s and right is %s"
            .formatted(
                symbol(binary.operator()), a.dimension().describe(), b.dimension().describe()));
  }

  /** What both count, or null; a percentage beside a plain number is a plain number. */
  private static @Nullable Dimension common(Dimension a, Dimension b) {
    if (a.equals(b)) {
      return a;
    }
    return a.isPure() && b.isPure() ? Dimension.NONE : null;
  }

  private Value number(Rational value, Dimension dimension, Span span) {
    boolean sane = Math.abs(dimension.tokens()) <= 9 && Math.abs(dimension.steps()) <= 9;
    return value.bits() > MAXIMUM_BITS || !sane
        ? report(Code.TOO_LARGE, span, "this number has too many digits")
        : new Value.Numeric(new Quantity(value, dimension));
  }

  private Value report(Code code, Span span, String message) {
    diagnostics.report(code, span, message, null);
    return Value.UNKNOWN;
  }

  /** As it is written. */
  public static String symbol(BinaryOperator operator) {
    return switch (operator) {
      case ADD -> "+";
      case SUBTRACT -> "-";
      case MULTIPLY -> "*";
      case DIVIDE -> "/";
      case REMAINDER -> "%";
      case POWER -> "^";
      case CONTRACT -> ".";
      case EQUAL -> "==";
      case NOT_EQUAL -> "!=";
      case LESS -> "<";
      case LESS_OR_EQUAL -> "<=";
      case GREATER -> ">";
      case GREATER_OR_EQUAL -> ">=";
      case AND -> "and";
      case OR -> "or";
    };
  }
}
