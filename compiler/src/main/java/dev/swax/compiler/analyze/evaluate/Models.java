package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.DidYouMean;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Models and train blocks as values. One is its declaration and the definitions that calls and
 * {@code with} add; they are evaluated together, so a pattern uses the final number of blocks.
 */
public final class Models {
  private static final int LONGEST_ROW = 100;

  private final Evaluator evaluator;
  private final Deque<Span> running = new ArrayDeque<>();

  public Models(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /** One whose body is known, at one use. */
  public record Resolved(Declaration.Template declaration, Instance instance) {}

  /** The names that a call and a {@code with} may set. */
  private record Names(
      List<String> positional, SequencedSet<String> parameters, List<String> all) {}

  Value call(Value.Template model, Expression.Call call, Scope scope, Arguments arguments) {
    Names names = names(model, call.span());
    if (names == null) {
      return Value.UNKNOWN;
    }
    boolean keys = false;
    for (Expression.Argument argument : call.arguments()) {
      Expression.Name name = argument.name();
      if (name != null
          && !names.parameters().contains(name.text())
          && names.all().contains(name.text())) {
        keys = true;
        evaluator.report(
            Code.UNKNOWN_KEY,
            name.span(),
            "`%s` is not a parameter of `%s`".formatted(name.text(), call.callee().text()),
            "`%s with { %s = %s }`"
                .formatted(call.callee().text(), name.text(), argument.value().span().words()));
      }
    }
    SequencedMap<String, Expression> given =
        arguments.match(
            call, names.positional(), keys ? names.all() : List.copyOf(names.parameters()));
    return keys || given == null
        ? Value.UNKNOWN
        : changed(model, Calls.redefinitions(given, scope));
  }

  Value with(Value.Template model, Expression.With with, Scope scope) {
    Names names = names(model, with.base().span());
    if (names == null) {
      return Value.UNKNOWN;
    }
    List<Redefinition> redefinitions = new ArrayList<>();
    boolean fits = Replacements.areOnce(with, evaluator.diagnostics());
    for (Expression.Replacement replacement : with.overrides()) {
      if (!(replacement.key() instanceof Expression.Name name)) {
        fits = false;
        evaluator.report(
            Code.UNKNOWN_KEY,
            replacement.key().span(),
            "an entry of `%s` is given by its name, but this is `%s`"
                .formatted(model.declaration().name().text(), replacement.key().span().text()),
            null);
      } else if (!names.all().contains(name.text())) {
        fits = false;
        evaluator.report(
            Code.UNKNOWN_KEY,
            name.span(),
            "`%s` has no entry `%s`".formatted(model.declaration().name().text(), name.text()),
            DidYouMean.choices(name.text(), names.all()).orElse(null));
      } else {
        redefinitions.add(Redefinition.late(name.text(), name.span(), replacement.value(), scope));
      }
    }
    return fits ? changed(model, redefinitions) : Value.UNKNOWN;
  }

  /** The model with more definitions. */
  public static Value.Template changed(Value.Template model, List<Redefinition> redefinitions) {
    List<Redefinition> all = new ArrayList<>(model.overrides());
    all.addAll(redefinitions);
    return model.with(all);
  }

  /** Every name that the model's definition may set; empty after a report. */
  public List<String> settable(Value.Template model, Span use) {
    Names names = names(model, use);
    return names == null ? List.of() : names.all();
  }

  private @Nullable Names names(Value.Template model, Span use) {
    Declaration.Template declaration = model.declaration();
    List<String> own = declaration.parameters().stream().map(p -> p.name().text()).toList();
    Names inherited;
    if (declaration.body() != null) {
      inherited = keys(declaration.body(), schema(declaration));
    } else {
      Value.Template base = base(model, use);
      inherited = base == null ? null : within(declaration, () -> names(base, use));
    }
    if (inherited == null) {
      return null;
    }
    SequencedSet<String> parameters = new LinkedHashSet<>(own);
    parameters.addAll(inherited.parameters());
    SequencedSet<String> all = new LinkedHashSet<>(own);
    all.addAll(inherited.all());
    return new Names(own.isEmpty() ? inherited.positional() : own, parameters, List.copyOf(all));
  }

  private static Schema schema(Declaration.Template declaration) {
    return switch (declaration) {
      case Declaration.Model _ -> Schemas.MODEL;
      case Declaration.Train _ -> Schemas.TRAIN;
    };
  }

  private static Names keys(Declaration.Body body, Schema schema) {
    SequencedSet<String> all = new LinkedHashSet<>();
    body.entries().forEach(entry -> all.add(entry.key().text()));
    all.addAll(schema.names());
    return new Names(List.of(), new LinkedHashSet<>(), List.copyOf(all));
  }

  /** Whether the model has layers and a value for each parameter. */
  public boolean isComplete(Value.Template model, Span use) {
    Declaration.Template declaration = model.declaration();
    SequencedSet<String> set = new LinkedHashSet<>();
    model.overrides().forEach(override -> set.add(override.name()));
    boolean given =
        declaration.parameters().stream()
            .allMatch(p -> p.defaultValue() != null || set.contains(p.name().text()));
    Declaration.Body body = declaration.body();
    if (body == null || !given) {
      Value.Template base = given ? base(model, use) : null;
      return base != null && within(declaration, () -> isComplete(base, use));
    }
    body.entries().forEach(entry -> set.add(entry.key().text()));
    declaration.parameters().forEach(parameter -> set.add(parameter.name().text()));
    return set.contains("layers");
  }

  /** The model's body with everything that has been set since; null after a report. */
  public @Nullable Resolved resolve(Value.Template model, Span use) {
    Declaration.Template declaration = model.declaration();
    Declaration.Body body = declaration.body();
    if (body == null) {
      Value.Template base = base(model, use);
      return base == null ? null : within(declaration, () -> resolve(base, use));
    }
    Instance instance =
        evaluator
            .bodies()
            .instantiate(
                declaration.name().text(),
                declaration.parameters(),
                body.entries(),
                schema(declaration),
                model.scope(),
                model.overrides(),
                use);
    return new Resolved(declaration, instance);
  }

  /** What {@code model name(parameters) = value} is a variant of; null after a report. */
  private Value.@Nullable Template base(Value.Template model, Span use) {
    Declaration.Template declaration = model.declaration();
    Expression value = declaration.value();
    if (value == null) {
      return null;
    }
    if (running.contains(declaration.span())) {
      evaluator.report(
          Code.DEPENDS_ON_ITSELF,
          declaration.name().span(),
          "`%s` is made from itself".formatted(declaration.name().text()),
          null);
      return null;
    }
    if (running.size() >= LONGEST_ROW) {
      evaluator.report(
          Code.TOO_LARGE,
          declaration.name().span(),
          "more than %d are made from each other in a row".formatted(LONGEST_ROW),
          null);
      return null;
    }
    List<String> own = declaration.parameters().stream().map(p -> p.name().text()).toList();
    List<Redefinition> ours =
        model.overrides().stream().filter(r -> own.contains(r.name())).toList();
    List<Redefinition> others =
        model.overrides().stream().filter(r -> !own.contains(r.name())).toList();
    Instance parameters =
        evaluator
            .bodies()
            .instantiate(
                declaration.name().text(),
                declaration.parameters(),
                List.of(),
                schema(declaration),
                model.scope(),
                ours,
                use);
    Scope inner = new Scope.Body(model.scope(), parameters, null, null);
    boolean train = declaration instanceof Declaration.Train;
    String place = (train ? "`train %s`" : "`model %s`").formatted(declaration.name().text());
    Wanted wanted = train ? Wanted.TRAIN : Wanted.MODEL;
    Value made = within(declaration, () -> evaluator.evaluate(value, inner, wanted, place));
    return made instanceof Value.Template base ? changed(base, others) : null;
  }

  /** Follows what a declaration is made from; whoever comes back to it goes round in a circle. */
  private <T extends @Nullable Object> T within(
      Declaration.Template declaration, Supplier<T> following) {
    running.push(declaration.span());
    try {
      return following.get();
    } finally {
      running.pop();
    }
  }
}
