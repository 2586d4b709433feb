package dev.swax.compiler.analyze;

import dev.swax.compiler.syntax.CellStatement;
import dev.swax.compiler.syntax.Expression;
import java.util.LinkedHashSet;
import java.util.Set;

/** The names that expressions mention, those that they bind themselves too. */
final class NameUse {
  private final Set<String> names = new LinkedHashSet<>();

  boolean has(String name) {
    return names.contains(name);
  }

  NameUse add(CellStatement statement) {
    switch (statement) {
      case CellStatement.State state -> state.shape().forEach(this::add);
      case CellStatement.Define define -> {
        define.shape().forEach(this::add);
        add(define.value());
      }
      case CellStatement.Update update -> add(update.value());
    }
    return this;
  }

  NameUse add(Expression expression) {
    switch (expression) {
      case Expression.Literal _, Expression.Text _ -> {}
      case Expression.Name name -> names.add(name.text());
      case Expression.Unary unary -> add(unary.operand());
      case Expression.Binary binary -> add(binary.left()).add(binary.right());
      case Expression.Call call -> {
        add(call.callee());
        call.arguments().forEach(argument -> add(argument.value()));
      }
      case Expression.Conditional conditional ->
          add(conditional.condition()).add(conditional.then()).add(conditional.otherwise());
      case Expression.ListLiteral list -> list.elements().forEach(this::add);
      case Expression.Comprehension comprehension -> {
        add(comprehension.source()).add(comprehension.element());
        if (comprehension.condition() != null) {
          add(comprehension.condition());
        }
      }
      case Expression.Range range -> add(range.from()).add(range.to());
      case Expression.Index index -> add(index.base()).add(index.index());
      case Expression.With with -> {
        add(with.base());
        for (Expression.Replacement replacement : with.overrides()) {
          if (!(replacement.key() instanceof Expression.Name)) {
            add(replacement.key());
          }
          add(replacement.value());
        }
      }
      case Expression.Sample sample -> {
        for (Expression.Outcome outcome : sample.outcomes()) {
          add(outcome.window());
          if (outcome.probability() != null) {
            add(outcome.probability());
          }
        }
      }
      case Expression.Until until -> add(until.first()).add(until.at()).add(until.second());
      case Expression.Assumed assumed -> add(assumed.value());
    }
    return this;
  }
}
