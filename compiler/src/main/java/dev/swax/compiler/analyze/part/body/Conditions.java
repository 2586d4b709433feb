package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.analyze.model.Argument;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.syntax.Expression;
import org.jspecify.annotations.Nullable;

/** Conditions in a body: known before training. Null after a report. */
final class Conditions {
  private final PartBody body;
  private final ExpressionChecker expressions;

  Conditions(PartBody body, ExpressionChecker expressions) {
    this.body = body;
    this.expressions = expressions;
  }

  @Nullable Boolean holds(Expression condition) {
    return switch (condition) {
      case Expression.Name name
          when body.argument(name.text()) instanceof Argument.Word(String word)
              && (word.equals("true") || word.equals("false")) ->
          word.equals("true");
      case Expression.Name name when name.text().equals("true") || name.text().equals("false") ->
          name.text().equals("true");
      case Expression.Unary unary when unary.operator() == Expression.UnaryOperator.NOT -> {
        Boolean operand = holds(unary.operand());
        yield operand == null ? null : !operand;
      }
      case Expression.Binary binary -> binary(binary);
      default -> unknown(condition);
    };
  }

  private @Nullable Boolean unknown(Expression condition) {
    body.report(
        Code.CELL_EXPRESSION,
        condition.span(),
        "`if` expects a condition on what is known before training, but this is `%s`"
            .formatted(condition.span().words()),
        "if layer % 2 == 0 then … else …");
    return null;
  }

  private @Nullable Boolean binary(Expression.Binary binary) {
    return switch (binary.operator()) {
      case AND, OR -> {
        Boolean left = holds(binary.left());
        Boolean right = holds(binary.right());
        if (left == null || right == null) {
          yield null;
        }
        yield binary.operator() == Expression.BinaryOperator.AND ? left && right : left || right;
      }
      case EQUAL, NOT_EQUAL -> {
        String left = word(binary.left());
        String right = word(binary.right());
        boolean equal = binary.operator() == Expression.BinaryOperator.EQUAL;
        if (left == null && right == null) {
          yield compare(binary);
        }
        yield equal == (left != null && left.equals(right));
      }
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> compare(binary);
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, POWER, REMAINDER, CONTRACT -> unknown(binary);
    };
  }

  private @Nullable Boolean compare(Expression.Binary binary) {
    Double left = expressions.number(binary.left());
    Double right = expressions.number(binary.right());
    if (left == null || right == null) {
      return null;
    }
    int order = Double.compare(left, right);
    return switch (binary.operator()) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
      default -> throw new IllegalArgumentException("no comparison: " + binary.operator());
    };
  }

  /** What is no number: a word, or what kind of thing a parameter has; null for numbers. */
  private @Nullable String word(Expression expression) {
    if (!(expression instanceof Expression.Name name)) {
      return null;
    }
    Argument argument = body.argument(name.text());
    if (argument != null) {
      return argument.describe();
    }
    return body.isKnown(name.text()) ? null : name.text();
  }
}
