package dev.swax.compiler.analyze.name;

import dev.swax.compiler.analyze.evaluate.Binding;
import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Module;
import dev.swax.compiler.analyze.evaluate.Scope;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Looks for unknown names where nothing evaluates them: in windows with parameters and in models
 * and train blocks that need arguments, which a file may only offer to others.
 */
public final class NameChecks {
  private final Evaluator evaluator;

  public NameChecks(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  public void check(Declaration.Window window, Module module) {
    Scope scope = bind(window.parameters().stream().map(p -> p.name().text()).toList(), module);
    window.parameters().forEach(parameter -> defaultOf(parameter, scope));
    check(window.value(), scope);
  }

  public void check(Declaration.Template model, Module module) {
    Scope parameters = bind(model.parameters().stream().map(p -> p.name().text()).toList(), module);
    Declaration.Body body = model.body();
    Scope scope =
        body == null
            ? parameters
            : bind(body.entries().stream().map(e -> e.key().text()).toList(), parameters);
    model.parameters().forEach(parameter -> defaultOf(parameter, scope));
    if (body != null) {
      body.entries().forEach(entry -> check(entry.value(), scope));
    }
    if (model.value() != null) {
      check(model.value(), scope);
    }
  }

  private void defaultOf(Declaration.Parameter parameter, Scope scope) {
    Expression value = parameter.defaultValue();
    if (value != null) {
      check(value, scope);
    }
  }

  private static Scope bind(List<String> names, Scope outer) {
    SequencedMap<String, Binding> bindings = new LinkedHashMap<>();
    names.forEach(name -> bindings.put(name, Binding.of(Value.UNKNOWN)));
    return new Scope.Frame(outer, bindings);
  }

  private void check(Expression expression, Scope scope) {
    switch (expression) {
      case Expression.Literal _, Expression.Text _ -> {}
      case Expression.Name name -> name(name, scope);
      case Expression.Unary unary -> check(unary.operand(), scope);
      case Expression.Binary binary -> {
        check(binary.left(), scope);
        check(binary.right(), scope);
      }
      case Expression.Call call -> {
        name(call.callee(), scope);
        call.arguments().forEach(argument -> check(argument.value(), scope));
      }
      case Expression.Conditional conditional -> {
        check(conditional.condition(), scope);
        check(conditional.then(), scope);
        check(conditional.otherwise(), scope);
      }
      case Expression.ListLiteral list -> list.elements().forEach(e -> check(e, scope));
      case Expression.Comprehension comprehension -> comprehension(comprehension, scope);
      case Expression.Over over -> check(over.base(), scope);
      case Expression.Range range -> {
        check(range.from(), scope);
        check(range.to(), scope);
      }
      case Expression.Index index -> {
        check(index.base(), scope);
        check(index.index(), scope);
      }
      case Expression.With with -> check(with.base(), scope); // what it sets has the base's names
      case Expression.Sample sample -> sample.outcomes().forEach(o -> outcome(o, scope));
      case Expression.Until until -> {
        check(until.first(), scope);
        check(until.at(), scope);
        check(until.second(), scope);
      }
      case Expression.Stall stall -> check(stall.measurements(), scope);
      case Expression.Assumed assumed -> check(assumed.value(), scope);
    }
  }

  private void name(Expression.Name name, Scope scope) {
    if (scope.find(name.text()) == null) {
      evaluator.unknownName(name, scope);
    }
  }

  private void comprehension(Expression.Comprehension comprehension, Scope scope) {
    check(comprehension.source(), scope);
    Scope inner = bind(List.of(comprehension.name().text()), scope);
    check(comprehension.element(), inner);
    if (comprehension.condition() != null) {
      check(comprehension.condition(), inner);
    }
  }

  private void outcome(Expression.Outcome outcome, Scope scope) {
    check(outcome.window(), scope);
    if (outcome.probability() != null) {
      check(outcome.probability(), scope);
    }
  }
}
