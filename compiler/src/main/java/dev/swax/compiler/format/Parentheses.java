package dev.swax.compiler.format;

import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;

/** Which parentheses of the author's stay although the value means the same without them. */
final class Parentheses {
  private Parentheses() {}

  /**
   * Whether the operand is an operation, of another operator than the whole, and was written in
   * parentheses: {@code (a / b) * c}, {@code n - (i % 6)}, {@code not (a == b)}.
   */
  static boolean stay(Expression whole, Expression operand) {
    return isOperation(operand)
        && !operator(whole).equals(operator(operand))
        && written(whole.span(), operand.span());
  }

  private static boolean isOperation(Expression expression) {
    return expression instanceof Expression.Binary || expression instanceof Expression.Range;
  }

  private static String operator(Expression expression) {
    return switch (expression) {
      case Expression.Binary binary -> binary.operator().written();
      case Expression.Range _ -> "..";
      default -> "";
    };
  }

  /**
   * Without parentheses a first operand begins where the whole begins, and a last one ends where
   * the whole ends.
   */
  private static boolean written(Span whole, Span operand) {
    return operand.start() > whole.start() && operand.end() < whole.end();
  }
}
