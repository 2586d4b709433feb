package dev.swax.compiler.model.grid;

import dev.swax.compiler.source.Span;

/**
 * What the results of a grid should show. Where a side is not of a named column, it has to hold in
 * every column.
 *
 * @param span of the condition
 */
public record GridExpectation(
    Span span, GridExpression left, Relation relation, GridExpression right) {

  /** As the file has it, on one line. */
  public String text() {
    return span.words();
  }

  /** How two values are compared. */
  public enum Relation {
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">=");

    private final String sign;

    Relation(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }

    public boolean holds(double left, double right) {
      return switch (this) {
        case LESS -> left < right;
        case AT_MOST -> left <= right;
        case GREATER -> left > right;
        case AT_LEAST -> left >= right;
      };
    }
  }
}
