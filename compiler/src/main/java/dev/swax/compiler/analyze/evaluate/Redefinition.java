package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A new definition of one name of a body.
 *
 * @param key where the name is written
 * @param span where the value is written
 * @param setting the setting that it is, or null
 */
public record Redefinition(
    String name,
    Span key,
    Span span,
    Definition definition,
    Declaration.@Nullable Setting setting) {

  /** How the value is found once the body it belongs to is known. */
  interface Definition {
    Value value(Evaluator evaluator, Scope.Body body, Accepted wanted);
  }

  /** A call's argument: it sees what the call sees. */
  static Redefinition argument(String name, Expression value, Scope scope) {
    return new Redefinition(
        name,
        value.span(),
        value.span(),
        (evaluator, _, wanted) -> evaluator.evaluateFor(value, scope, wanted),
        null);
  }

  /** An entry of {@code with}: it also sees the names of the body that it changes. */
  static Redefinition late(String name, Span key, Expression value, Scope scope) {
    return new Redefinition(
        name,
        key,
        value.span(),
        (evaluator, body, wanted) -> evaluator.evaluateFor(value, scope.over(body), wanted),
        null);
  }

  /**
   * What a setting gives, as an entry of {@code with} would; its use is noted. Names that its file
   * lacks are those of the file whose body it changes: {@code memory=gla} needs no import.
   */
  public static Redefinition set(
      Declaration.Setting setting, Expression.Name key, Expression value, Scope scope) {
    return new Redefinition(
        key.text(),
        key.span(),
        value.span(),
        (evaluator, body, wanted) -> {
          evaluator.progress().rely(Reliance.on(List.of(setting)));
          Scope both = new Scope.Joined(scope.over(body), body.outer());
          return evaluator.evaluateFor(value, both, wanted);
        },
        setting);
  }

  /** A value that is known already. */
  public static Redefinition known(String name, Value.Item item) {
    return new Redefinition(name, item.span(), item.span(), (_, _, _) -> item.value(), null);
  }
}
