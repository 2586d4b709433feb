package dev.swax.compiler.analyze.symbol;

import dev.swax.compiler.analyze.evaluate.Bodies;
import dev.swax.compiler.analyze.evaluate.Key;
import dev.swax.compiler.analyze.evaluate.Schema;
import dev.swax.compiler.analyze.evaluate.Schemas;
import dev.swax.compiler.analyze.evaluate.Wanted;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What calls and {@code with} may name of something. */
final class Members {
  /** Something that is made from itself ends here. */
  private static final int DEEPEST = 50;

  private final int depth;

  private Members(int depth) {
    this.depth = depth;
  }

  /** By name, parameters first; empty where nothing can be set. */
  static SequencedMap<String, Entity> of(@Nullable Entity entity) {
    return new Members(0).members(entity);
  }

  /** What an expression is a variant of, or null. */
  static @Nullable Entity target(Expression expression, Names scope) {
    return switch (expression) {
      case Expression.Name name -> scope.find(name.text());
      case Expression.Call call -> scope.find(call.callee().text());
      case Expression.With with -> target(with.base(), scope);
      case Expression.Assumed assumed -> target(assumed.value(), scope);
      case Expression.Conditional conditional -> target(conditional.then(), scope);
      default -> null;
    };
  }

  private SequencedMap<String, Entity> members(@Nullable Entity entity) {
    if (entity == null || depth >= DEEPEST) {
      return new LinkedHashMap<>();
    }
    return switch (entity.made()) {
      case Entity.Declared(Declaration declaration, Names scope) -> declared(declaration, scope);
      case Entity.Given(Expression value, Names scope) -> deeper(target(value, scope));
      case Entity.Called(Schema schema) -> Language.keys(schema);
      case Entity.Applied(List<String> arguments) -> applied(arguments);
      case Entity.Plain() -> new LinkedHashMap<>();
    };
  }

  private SequencedMap<String, Entity> deeper(@Nullable Entity entity) {
    return new Members(depth + 1).members(entity);
  }

  private SequencedMap<String, Entity> declared(Declaration declaration, Names scope) {
    SequencedMap<String, Entity> names = inside(declaration, scope);
    switch (declaration) {
      case Declaration.Template template -> {
        Expression value = template.value();
        SequencedMap<String, Entity> more =
            value == null
                ? Language.keys(schema(template))
                : deeper(target(value, scope.with(names)));
        more.forEach(names::putIfAbsent);
      }
      case Declaration.Data _ -> Language.keys(Schemas.DATA).forEach(names::putIfAbsent);
      default -> {}
    }
    return names;
  }

  private static SequencedMap<String, Entity> applied(List<String> arguments) {
    SequencedMap<String, Entity> members = new LinkedHashMap<>();
    for (String argument : arguments) {
      members.put(argument, Language.argument(argument));
    }
    return members;
  }

  static Schema schema(Declaration.Template template) {
    return switch (template) {
      case Declaration.Model _ -> Schemas.MODEL;
      case Declaration.Train _ -> Schemas.TRAIN;
    };
  }

  /** The names that a declaration itself has: its parameters, then the lines of its body. */
  static SequencedMap<String, Entity> inside(Declaration declaration, Names scope) {
    SequencedMap<String, Entity> names = new LinkedHashMap<>();
    Names inner = scope.with(names);
    switch (declaration) {
      case Declaration.Template template -> {
        Schema schema = schema(template);
        parameters(names, template.parameters(), template.name(), schema, inner);
        if (template.body() != null) {
          entries(names, template.body(), schema, inner);
        }
      }
      case Declaration.Window window ->
          parameters(names, window.parameters(), window.name(), null, inner);
      case Declaration.Part part -> parameters(names, part.parameters(), part.name(), null, inner);
      case Declaration.Data data -> entries(names, data.body(), Schemas.DATA, inner);
      case Declaration.Let _, Declaration.Profile _, Declaration.Grid _, Declaration.Expect _ -> {}
    }
    return names;
  }

  private static void parameters(
      SequencedMap<String, Entity> names,
      List<Declaration.Parameter> parameters,
      Expression.Name owner,
      @Nullable Schema schema,
      Names inner) {
    for (Declaration.Parameter parameter : parameters) {
      String name = parameter.name().text();
      Key key = schema == null ? null : schema.find(name).orElse(null);
      names.putIfAbsent(
          name,
          Entity.of(
              Descriptions.parameter(parameter, owner, key),
              key == null ? Bodies.wanted(parameter) : key.wanted(),
              parameter.defaultValue(),
              inner));
    }
  }

  private static void entries(
      SequencedMap<String, Entity> names, Declaration.Body body, Schema schema, Names inner) {
    for (Declaration.Entry entry : body.entries()) {
      String name = entry.key().text();
      Key key = schema.find(name).orElse(null);
      names.putIfAbsent(
          name,
          Entity.of(
              Descriptions.entry(entry, key),
              key == null ? Wanted.ANY : key.wanted(),
              entry.value(),
              inner));
    }
  }
}
