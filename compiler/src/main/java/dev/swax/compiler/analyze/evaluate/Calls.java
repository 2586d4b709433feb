package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Calls of models, cells, windows, built-in constructors and functions. */
public final class Calls {
  private final Evaluator evaluator;
  private final Arguments arguments;
  private final Functions functions;
  private final Deque<Declaration> running = new ArrayDeque<>();

  public Calls(Evaluator evaluator, Measures measures) {
    this.evaluator = evaluator;
    this.arguments = new Arguments(evaluator);
    this.functions = new Functions(evaluator, measures);
  }

  Value call(Expression.Call call, Scope scope) {
    Value callee = evaluator.lookUp(call.callee(), scope);
    return switch (callee) {
      case Value.Unknown unknown -> unknown;
      case Value.Construct(Constructor constructor) -> construct(constructor, call, scope);
      case Value.BuiltIn(Function function) -> function(function, call, scope);
      case Value.Template model -> evaluator.models().call(model, call, scope, arguments);
      case Value.Part part -> part(part, call, scope);
      case Value.WindowFunction function -> window(function, call, scope);
      case Value.Window window when call.arguments().isEmpty() -> window;
      default ->
          evaluator.report(
              Code.WRONG_TYPE,
              call.callee().span(),
              "`%s` is %s, which takes no arguments"
                  .formatted(call.callee().text(), callee.describe()),
              null);
    };
  }

  private Value construct(Constructor constructor, Expression.Call call, Scope scope) {
    List<String> names = constructor.schema().names();
    Arguments.Matched matched = arguments.sort(call, names, names);
    SequencedMap<String, Value.Item> values = values(constructor.schema(), matched.given(), scope);
    boolean complete =
        !matched.fits() || !misses(constructor.schema(), matched.given(), call.span());
    return values == null || !matched.fits() || !complete
        ? Value.UNKNOWN
        : new Value.Built(constructor, call.callee().text(), call.span(), values);
  }

  private Value function(Function function, Expression.Call call, Scope scope) {
    List<String> names = function.schema().names();
    Arguments.Matched matched = arguments.sort(call, names, names);
    SequencedMap<String, Value.Item> values = values(function.schema(), matched.given(), scope);
    boolean complete =
        !matched.fits() || !misses(function.schema(), matched.given(), call.callee().span());
    return values == null || !matched.fits() || !complete
        ? Value.UNKNOWN
        : functions.apply(function, values, call.span());
  }

  /** The arguments' values as the schema wants them; null after a report. */
  private @Nullable SequencedMap<String, Value.Item> values(
      Schema schema, SequencedMap<String, Expression> given, Scope scope) {
    SequencedMap<String, Value.Item> values = new LinkedHashMap<>();
    boolean known = true;
    for (var argument : given.entrySet()) {
      String name = argument.getKey();
      Expression expression = argument.getValue();
      Accepted wanted = schema.find(name).orElseThrow().wanted();
      Value value =
          evaluator
              .progress()
              .within(name, () -> evaluator.evaluate(expression, scope, wanted, "`" + name + "`"));
      known &= !(value instanceof Value.Unknown);
      values.put(name, new Value.Item(value, expression.span()));
    }
    return known ? values : null;
  }

  private Value finished(
      Constructor constructor, String label, Span span, SequencedMap<String, Value.Item> values) {
    return misses(constructor.schema(), values, span)
        ? Value.UNKNOWN
        : new Value.Built(constructor, label, span, values);
  }

  private boolean misses(Schema schema, SequencedMap<String, ?> given, Span span) {
    boolean misses = false;
    for (Key key : schema.keys()) {
      if (key.isRequired() && !given.containsKey(key.name())) {
        misses = true;
        evaluator.report(
            Code.MISSING_KEY,
            span,
            "`%s` needs `%s` (%s)".formatted(schema.construct(), key.name(), key.meaning()),
            null);
      }
    }
    return misses;
  }

  private Value part(Value.Part part, Expression.Call call, Scope scope) {
    List<Declaration.Parameter> parameters = part.declaration().parameters();
    List<String> names = parameters.stream().map(p -> p.name().text()).toList();
    SequencedMap<String, Expression> given = arguments.match(call, names, names);
    if (given == null) {
      return Value.UNKNOWN;
    }
    return remember(part, call.callee().text(), call.span(), given, scope);
  }

  private Value remember(
      Value.Part part,
      String label,
      Span span,
      SequencedMap<String, Expression> given,
      Scope scope) {
    SequencedMap<String, Value.Item> values = new LinkedHashMap<>(part.arguments());
    boolean known = true;
    for (var argument : given.entrySet()) {
      String name = argument.getKey();
      Wanted wanted = Bodies.wanted(parameter(part.declaration(), name));
      Value value =
          evaluator
              .progress()
              .within(
                  name,
                  () -> evaluator.evaluate(argument.getValue(), scope, wanted, "`" + name + "`"));
      known &= !(value instanceof Value.Unknown);
      values.put(name, new Value.Item(value, argument.getValue().span()));
    }
    return known
        ? new Value.Part(part.declaration(), part.scope(), label, span, values)
        : Value.UNKNOWN;
  }

  private static Declaration.Parameter parameter(Declaration.Part part, String name) {
    return part.parameters().stream()
        .filter(parameter -> parameter.name().text().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Value window(Value.WindowFunction function, Expression.Call call, Scope scope) {
    Declaration.Window declaration = function.declaration();
    List<String> names = declaration.parameters().stream().map(p -> p.name().text()).toList();
    SequencedMap<String, Expression> given = arguments.match(call, names, names);
    if (given == null) {
      return Value.UNKNOWN;
    }
    if (running.stream().anyMatch(d -> d.span().equals(declaration.span()))) {
      return evaluator.report(
          Code.DEPENDS_ON_ITSELF,
          call.span(),
          "`%s` calls itself, so it never ends".formatted(declaration.name().text()),
          null);
    }
    Instance instance =
        evaluator
            .bodies()
            .parameters(
                declaration.name().text(),
                declaration.parameters(),
                function.scope(),
                redefinitions(given, scope),
                call.span());
    if (instance == null) {
      return Value.UNKNOWN;
    }
    Scope inner = new Scope.Body(function.scope(), instance, null, null);
    running.push(declaration);
    try {
      String place = "`window %s`".formatted(declaration.name().text());
      return evaluator.evaluate(declaration.value(), inner, Wanted.WINDOW, place);
    } finally {
      running.pop();
    }
  }

  /** A call's arguments as definitions of the callee's parameters. */
  static List<Redefinition> redefinitions(SequencedMap<String, Expression> given, Scope scope) {
    return given.entrySet().stream()
        .map(argument -> Redefinition.argument(argument.getKey(), argument.getValue(), scope))
        .toList();
  }

  /** {@code swa with { … }}: a first call by names. */
  Value with(Value.Construct construct, Expression.With with, Scope scope) {
    Constructor constructor = construct.constructor();
    return replaced(constructor, constructor.text(), new LinkedHashMap<>(), with, scope);
  }

  /** A built part with other arguments. */
  Value with(Value.Built built, Expression.With with, Scope scope) {
    return replaced(built.constructor(), built.label(), built.arguments(), with, scope);
  }

  private Value replaced(
      Constructor constructor,
      String label,
      SequencedMap<String, Value.Item> before,
      Expression.With with,
      Scope scope) {
    SequencedMap<String, Expression> given =
        replacements(with, constructor.text(), constructor.schema().names());
    SequencedMap<String, Value.Item> values =
        given == null ? null : values(constructor.schema(), given, scope);
    if (values == null) {
      return Value.UNKNOWN;
    }
    SequencedMap<String, Value.Item> merged = new LinkedHashMap<>(before);
    merged.putAll(values);
    return finished(constructor, label, with.span(), merged);
  }

  /** A part with other arguments. */
  Value with(Value.Part part, Expression.With with, Scope scope) {
    List<String> names =
        part.declaration().parameters().stream().map(p -> p.name().text()).toList();
    SequencedMap<String, Expression> given =
        replacements(with, part.declaration().name().text(), names);
    return given == null ? Value.UNKNOWN : remember(part, part.label(), with.span(), given, scope);
  }

  private @Nullable SequencedMap<String, Expression> replacements(
      Expression.With with, String what, List<String> known) {
    SequencedMap<String, Expression> given = new LinkedHashMap<>();
    boolean fits = Replacements.areOnce(with, evaluator.diagnostics());
    for (Expression.Replacement replacement : with.overrides()) {
      String name = replacement.key() instanceof Expression.Name key ? key.text() : "";
      if (!known.contains(name)) {
        fits = false;
        evaluator.report(
            Code.UNKNOWN_KEY,
            replacement.key().span(),
            "`%s` has no argument `%s`".formatted(what, replacement.key().span().text()),
            Arguments.help(name, known));
      }
      given.put(name, replacement.value());
    }
    return fits ? given : null;
  }

  /** A part without arguments. */
  static Value.Built built(Constructor constructor, Span span) {
    return new Value.Built(constructor, constructor.text(), span, new LinkedHashMap<>());
  }

  /** A part with one argument. */
  static Value.Built built(Constructor constructor, Span span, String name, Value value) {
    SequencedMap<String, Value.Item> arguments = new LinkedHashMap<>();
    arguments.put(name, new Value.Item(value, span));
    return new Value.Built(constructor, constructor.text(), span, arguments);
  }
}
