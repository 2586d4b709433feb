package dev.swax.compiler.analyze;

import dev.swax.compiler.analyze.evaluate.Arithmetic;
import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Module;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.analyze.evaluate.Wanted;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.type.Quantity;

/** {@code expect condition}: an error where it does not hold, with the value of both sides. */
final class Expectations {
  private final Evaluator evaluator;
  private final Module module;

  Expectations(Evaluator evaluator, Module module) {
    this.evaluator = evaluator;
    this.module = module;
  }

  void check(Declaration.Expect expect) {
    Expression condition = expect.condition();
    Value value = evaluator.evaluate(condition, module, Wanted.BOOLEAN, "`expect`");
    if (value.equals(new Value.Truth(false))) {
      evaluator.report(Code.EXPECTATION_FAILED, condition.span(), message(condition), null);
    }
  }

  private String message(Expression condition) {
    if (!(condition instanceof Expression.Binary binary)) {
      return "this does not hold";
    }
    return switch (binary.operator()) {
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {
        Value left = evaluator.evaluate(binary.left(), module);
        Value right = evaluator.evaluate(binary.right(), module);
        boolean alike = left.describe().equals(right.describe());
        yield "this does not hold: %s %s %s"
            .formatted(
                alike ? exact(left) : left.describe(),
                Arithmetic.symbol(binary.operator()),
                alike ? exact(right) : right.describe());
      }
      default -> "this does not hold";
    };
  }

  /** A number with all its digits, or as a quotient where they do not end. */
  private static String exact(Value value) {
    return value instanceof Value.Numeric(Quantity quantity) ? quantity.exact() : value.describe();
  }
}
