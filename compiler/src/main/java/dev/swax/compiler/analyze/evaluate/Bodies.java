package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.type.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes instances: the names of a body at one use of it, later definitions before earlier ones. */
public final class Bodies {
  private static final Schema NO_KEYS = Schema.of("");

  private final Evaluator evaluator;

  Bodies(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** The parameters of a call; null after a report that one is missing. */
  public @Nullable Instance parameters(
      String owner,
      List<Declaration.Parameter> parameters,
      Scope outer,
      List<Redefinition> redefinitions,
      Span use) {
    boolean complete = true;
    for (Declaration.Parameter parameter : parameters) {
      String name = parameter.name().text();
      boolean given = redefinitions.stream().anyMatch(r -> r.name().equals(name));
      if (parameter.defaultValue() == null && !given) {
        complete = false;
        missing(owner, name, use);
      }
    }
    return complete
        ? instantiate(owner, parameters, List.of(), NO_KEYS, outer, redefinitions, use)
        : null;
  }

  private Value missing(String owner, String name, Span use) {
    return evaluator.report(Code.MISSING_KEY, use, "`%s` needs `%s`".formatted(owner, name), null);
  }

  /** A body with its parameters, keys and lets. */
  public Instance instantiate(
      String owner,
      List<Declaration.Parameter> parameters,
      List<Declaration.Entry> entries,
      Schema schema,
      Scope outer,
      List<Redefinition> redefinitions,
      Span use) {
    Instance instance = new Instance();
    Scope.Body body = new Scope.Body(outer, instance, null, null);
    for (Declaration.Parameter parameter : parameters) {
      instance.put(parameter(owner, parameter, schema, body, use));
    }
    for (Declaration.Entry entry : entries) {
      if (instance.find(entry.key().text()) == null) {
        instance.put(entry(entry, schema, body));
      }
    }
    for (Redefinition redefinition : redefinitions) {
      redefine(instance, redefinition, schema, body);
    }
    evaluator.settingUse().noteReplaced(redefinitions);
    return instance;
  }

  /** Evaluates every name of a body, so that no fault of one hides another's. */
  public void force(Instance instance) {
    // A frame that is thrown away: what only this looks at is not used.
    evaluator.progress().enter(new Lazy("", () -> Value.UNKNOWN));
    for (Slot slot : instance.slots()) {
      slot.binding().value(evaluator, slot.span());
    }
    evaluator.progress().leave();
  }

  private Slot parameter(
      String owner, Declaration.Parameter parameter, Schema schema, Scope.Body body, Span use) {
    String name = parameter.name().text();
    Expression value = parameter.defaultValue();
    Accepted wanted = wanted(parameter, schema);
    Span span = value == null ? use : value.span();
    return new Slot(
        name,
        Slot.Kind.PARAMETER,
        wanted,
        parameter.name().span(),
        span,
        lazy(
            name,
            wanted,
            span,
            () ->
                value == null
                    ? missing(owner, name, use)
                    : evaluator.evaluateFor(value, body, wanted)));
  }

  private Slot entry(Declaration.Entry entry, Schema schema, Scope.Body body) {
    String name = entry.key().text();
    Accepted wanted = schema.find(name).map(Key::wanted).orElse(Wanted.ANY);
    Span span = entry.value().span();
    return new Slot(
        name,
        entry.let() ? Slot.Kind.LET : Slot.Kind.KEY,
        wanted,
        entry.key().span(),
        span,
        lazy(name, wanted, span, () -> evaluator.evaluateFor(entry.value(), body, wanted)));
  }

  private void redefine(
      Instance instance, Redefinition redefinition, Schema schema, Scope.Body body) {
    String name = redefinition.name();
    Slot before = instance.find(name);
    Accepted wanted =
        before != null ? before.wanted() : schema.find(name).map(Key::wanted).orElse(Wanted.ANY);
    Binding previous =
        before == null ? absent(name, schema, redefinition.span()) : before.binding();
    Scope.Body inner = new Scope.Body(body.outer(), instance, name, previous);
    Binding binding =
        lazy(
            name,
            wanted,
            redefinition.span(),
            () -> redefinition.definition().value(evaluator, inner, wanted));
    Slot.Kind kind = before != null ? before.kind() : Slot.Kind.KEY;
    instance.put(new Slot(name, kind, wanted, redefinition.key(), redefinition.span(), binding));
  }

  /** What a key means where nothing gives it: the part that it is by default, if it is one. */
  private Binding absent(String name, Schema schema, Span use) {
    String otherwise = schema.find(name).map(Key::absent).orElse("");
    Optional<RecipeCall> part = RecipeCall.find(otherwise);
    Binding prelude = Prelude.find(otherwise);
    return part.isPresent()
        ? Binding.of(new Value.Construct(part.get()))
        : prelude != null
            ? prelude
            : (_, _) ->
                evaluator.report(
                    Code.MISSING_KEY,
                    use,
                    "`%s` has no value here that could be changed".formatted(name),
                    "`%s = …`".formatted(name));
  }

  private Lazy lazy(String name, Accepted wanted, Span span, Supplier<Value> definition) {
    return new Lazy(
        name,
        () ->
            named(
                name,
                evaluator.coercion().coerce(definition.get(), wanted, "`" + name + "`", span)));
  }

  /** A mixer is called what the body calls it: `local`, `memory`. */
  private static Value named(String name, Value value) {
    return switch (value) {
      case Value.Part part when part.type() == ValueType.CELL ->
          new Value.Part(
              part.declaration(), part.scope(), name, part.span(), part.arguments(), part.shared());
      default -> value;
    };
  }

  /** A parameter that is a key has the place of the key, whatever type it says. */
  private static Accepted wanted(Declaration.Parameter parameter, Schema schema) {
    Optional<Key> key = schema.find(parameter.name().text());
    return key.isPresent() ? key.get().wanted() : wanted(parameter);
  }

  /** What the type of a parameter says. */
  public static Wanted wanted(Declaration.Parameter parameter) {
    Expression.Name type = parameter.type();
    return type == null
        ? Wanted.ANY
        : ValueType.find(type.text()).map(Bodies::wanted).orElse(Wanted.ANY);
  }

  private static Wanted wanted(ValueType type) {
    return switch (type) {
      case NUMBER -> Wanted.NUMBER;
      case TEXT -> Wanted.TEXT;
      case BOOLEAN -> Wanted.BOOLEAN;
      case LIST -> Wanted.LIST;
      case WINDOW -> Wanted.OPTIONAL_WINDOW;
      case CELL -> Wanted.CELL;
      case MIXER -> Wanted.MIXER;
      case FEED_FORWARD -> Wanted.FEED_FORWARD;
      case NORM -> Wanted.NORM;
      case LAYER -> Wanted.LAYER;
      case MODEL -> Wanted.MODEL;
      case DATA -> Wanted.DATA;
      case TASK -> Wanted.TASK;
      case TOKENIZER -> Wanted.TOKENIZER;
      case LEARNING_RATE -> Wanted.LEARNING_RATE;
      case OPTIMIZER -> Wanted.OPTIMIZER;
      case SHARE, GROUP, EARLIER_TASK, STOP, TRAIN, WORD, FUNCTION, UNKNOWN -> Wanted.ANY;
    };
  }
}
