package dev.swax.compiler.analyze.name;

import dev.swax.compiler.syntax.Expression;
import java.util.ArrayList;
import java.util.List;

/** What an expression is made of. */
public final class Operands {
  private Operands() {}

  /** In order; the keys of a {@code with} are names of what it changes and left out. */
  public static List<Expression> of(Expression expression) {
    return switch (expression) {
      case Expression.Literal _, Expression.Text _, Expression.Name _ -> List.of();
      case Expression.Unary unary -> List.of(unary.operand());
      case Expression.Binary binary -> List.of(binary.left(), binary.right());
      case Expression.Call call -> call(call);
      case Expression.Conditional conditional ->
          List.of(conditional.condition(), conditional.then(), conditional.otherwise());
      case Expression.ListLiteral list -> list.elements();
      case Expression.Comprehension comprehension -> {
        Expression condition = comprehension.condition();
        yield condition == null
            ? List.of(comprehension.source(), comprehension.element())
            : List.of(comprehension.source(), comprehension.element(), condition);
      }
      case Expression.Over over -> List.of(over.base());
      case Expression.Range range -> List.of(range.from(), range.to());
      case Expression.Index index -> List.of(index.base(), index.index());
      case Expression.With with -> with(with);
      case Expression.Sample sample -> outcomes(sample);
      case Expression.Until until -> List.of(until.first(), until.at(), until.second());
      case Expression.Stall stall -> List.of(stall.measurements());
      case Expression.Assumed assumed -> List.of(assumed.value());
    };
  }

  private static List<Expression> call(Expression.Call call) {
    var operands = new ArrayList<Expression>(List.of(call.callee()));
    call.arguments().forEach(argument -> operands.add(argument.value()));
    return operands;
  }

  private static List<Expression> with(Expression.With with) {
    var operands = new ArrayList<Expression>(List.of(with.base()));
    for (Expression.Replacement replacement : with.overrides()) {
      if (!(replacement.key() instanceof Expression.Name)) {
        operands.add(replacement.key());
      }
      operands.add(replacement.value());
    }
    return operands;
  }

  private static List<Expression> outcomes(Expression.Sample sample) {
    var operands = new ArrayList<Expression>();
    for (Expression.Outcome outcome : sample.outcomes()) {
      operands.add(outcome.window());
      Expression probability = outcome.probability();
      if (probability != null) {
        operands.add(probability);
      }
    }
    return operands;
  }
}
