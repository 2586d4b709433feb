package dev.swax.compiler.format;

import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.Expression.BinaryOperator;

/** How tightly values hold together, loosest first; the order of the grammar. */
enum Precedence {
  ASSUMED,
  CONDITIONAL,
  UNTIL,
  OR,
  AND,
  NOT,
  COMPARISON,
  WITH,
  RANGE,
  SUM,
  PRODUCT,
  NEGATE,
  POWER,
  INDEX,
  PRIMARY;

  boolean tighterThan(Precedence other) {
    return ordinal() > other.ordinal();
  }

  /** The next tighter one. */
  Precedence next() {
    return values()[ordinal() + 1];
  }

  static Precedence of(Expression expression) {
    return switch (expression) {
      case Expression.Literal _,
          Expression.Text _,
          Expression.Name _,
          Expression.Call _,
          Expression.ListLiteral _,
          Expression.Comprehension _,
          Expression.Sample _ ->
          PRIMARY;
      case Expression.Index _ -> INDEX;
      case Expression.Unary unary ->
          switch (unary.operator()) {
            case NEGATE -> NEGATE;
            case NOT -> NOT;
          };
      case Expression.Binary binary -> of(binary.operator());
      case Expression.Range _ -> RANGE;
      case Expression.With _ -> WITH;
      case Expression.Until _ -> UNTIL;
      case Expression.Conditional _, Expression.Stall _ -> CONDITIONAL;
      case Expression.Assumed _, Expression.Over _ -> ASSUMED;
    };
  }

  static Precedence of(BinaryOperator operator) {
    return switch (operator) {
      case POWER -> POWER;
      case MULTIPLY, DIVIDE, REMAINDER, CONTRACT -> PRODUCT;
      case ADD, SUBTRACT -> SUM;
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> COMPARISON;
      case AND -> AND;
      case OR -> OR;
    };
  }
}
