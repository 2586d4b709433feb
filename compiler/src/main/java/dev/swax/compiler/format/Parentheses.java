package dev.swax.compiler.format;

import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;

/** Which parentheses of the author's stay although the value means the same without them. */
final class Parentheses {
  private Parentheses() {}

  /**
   * Whether the operand is an operation, of another operator than the whole, and was written in
   * parentheses: {@code (a / b) * c}, {@code n - (i % 6)}, {@code not (a == b)}, {@code 3 - (-2)}.
   */
  static boolean stay(Expression whole, Expression operand) {
    return !operator(operand).isEmpty()
        && !operator(whole).equals(operator(operand))
        && written(whole.span(), operand.span());
  }

  /** Its operator, a sign in front told from one between two; empty where there is none. */
  private static String operator(Expression expression) {
    return switch (expression) {
      case Expression.Unary unary -> unary.operator().name();
      case Expression.Binary binary -> binary.operator().name();
      case Expression.Range _ -> "..";
      case Expression.With _ -> "with";
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
