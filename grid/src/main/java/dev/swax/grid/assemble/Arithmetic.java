package dev.swax.grid.assemble;

import dev.swax.compiler.model.grid.GridExpression.Aggregate;
import dev.swax.compiler.model.grid.GridExpression.Operator;
import dev.swax.grid.result.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic of amounts. Errors of different rows are those of different examples: their squares
 * add.
 */
final class Arithmetic {
  private Arithmetic() {}

  static Amount negated(Amount amount) {
    return amount instanceof Amount.Known known
        ? new Amount.Known(-known.value(), known.error(), known.samples(), negated(known.range()))
        : amount;
  }

  static Amount fold(Aggregate aggregate, List<Amount> parts) {
    Amount folded = parts.getFirst();
    for (Amount part : parts.subList(1, parts.size())) {
      folded =
          switch (aggregate) {
            case MEAN, SUM -> binary(Operator.ADD, folded, part);
            case MIN -> least(folded, part, 1);
            case MAX -> least(folded, part, -1);
          };
    }
    return aggregate == Aggregate.MEAN
        ? binary(Operator.DIVIDE, folded, Amount.Known.exact(parts.size()))
        : folded;
  }

  /** The smaller one, or with {@code sign} -1 the larger one; the first where they are equal. */
  private static Amount least(Amount left, Amount right, int sign) {
    return left instanceof Amount.Known a && right instanceof Amount.Known b
        ? sign * Double.compare(a.value(), b.value()) <= 0 ? a : b
        : Amount.worse(left, right);
  }

  static Amount binary(Operator operator, Amount left, Amount right) {
    if (!(left instanceof Amount.Known a) || !(right instanceof Amount.Known b)) {
      return Amount.worse(left, right);
    }
    double x = a.value();
    double y = b.value();
    double value = value(operator, x, y);
    double error =
        switch (operator) {
          case ADD, SUBTRACT -> Math.hypot(a.error(), b.error());
          case MULTIPLY -> Math.hypot(a.error() * y, b.error() * x);
          case DIVIDE -> Math.hypot(a.error() / y, b.error() * x / (y * y));
        };
    boolean exceeds = Double.isFinite(x) && Double.isFinite(y) && !Double.isFinite(value);
    return exceeds
        ? new Amount.NotApplicable(
            operator == Operator.DIVIDE && y == 0
                ? "it divides by zero"
                : "it is too large a number")
        : new Amount.Known(value, error, fewest(a.samples(), b.samples()), range(operator, a, b));
  }

  /** Only one of the two has an interval, and the other is a number: the compiler sees to that. */
  private static @Nullable Range range(Operator operator, Amount.Known a, Amount.Known b) {
    Range left = a.range();
    Range right = b.range();
    if (left != null) {
      return left.mapped(end -> value(operator, end, b.value()));
    }
    return right == null ? null : right.mapped(end -> value(operator, a.value(), end));
  }

  private static @Nullable Range negated(@Nullable Range range) {
    return range == null ? null : range.mapped(end -> -end);
  }

  static double value(Operator operator, double x, double y) {
    return switch (operator) {
      case ADD -> x + y;
      case SUBTRACT -> x - y;
      case MULTIPLY -> x * y;
      case DIVIDE -> x / y;
    };
  }

  private static long fewest(long a, long b) {
    return a == 0 || b == 0 ? Math.max(a, b) : Math.min(a, b);
  }
}
