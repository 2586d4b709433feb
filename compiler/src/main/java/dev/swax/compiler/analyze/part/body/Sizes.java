package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.syntax.Expression;
import org.jspecify.annotations.Nullable;

/** Numbers that count channels: whole and at least 1. */
final class Sizes {
  static final int MAXIMUM = 1 << 24;

  // Defaults such as 8/3 * width are worked out in double.
  private static final double ROUNDING = 1e-9;

  private Sizes() {}

  /** The size, or null after a report; {@code what} names it: {@code a rank}. */
  static @Nullable Integer of(
      PartBody body, ExpressionChecker expressions, Expression expression, String what) {
    Double number = expressions.number(expression);
    if (number == null) {
      return null;
    }
    double whole = Math.rint(number);
    if (Math.abs(number - whole) <= ROUNDING * Math.abs(number) && whole >= 1 && whole <= MAXIMUM) {
      return (int) whole;
    }
    String rule = Math.abs(number - whole) > 0 ? "a whole number" : "from 1 to 16Mi";
    if (expression instanceof Expression.Name name && body.places().containsKey(name.text())) {
      body.reportSize(name.text(), Numbers.text(number), what + " must be " + rule);
    } else {
      body.report(
          Code.CELL_NUMBER,
          expression.span(),
          "`%s` is %s, but %s must be %s"
              .formatted(expression.span().words(), Numbers.text(number), what, rule),
          null);
    }
    return null;
  }
}
