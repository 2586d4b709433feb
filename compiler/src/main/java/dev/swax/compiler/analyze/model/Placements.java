package dev.swax.compiler.analyze.model;

import dev.swax.compiler.analyze.evaluate.Binding;
import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Instance;
import dev.swax.compiler.analyze.evaluate.Module;
import dev.swax.compiler.analyze.evaluate.Prelude;
import dev.swax.compiler.analyze.evaluate.Redefinition;
import dev.swax.compiler.analyze.evaluate.Scope;
import dev.swax.compiler.analyze.evaluate.Slot;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.analyze.evaluate.Wanted;
import dev.swax.compiler.analyze.name.Mentions;
import dev.swax.compiler.analyze.name.NameUse;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.part.Part;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.type.Dimension;
import dev.swax.compiler.type.PartKind;
import dev.swax.compiler.type.Quantity;
import dev.swax.runtime.schedule.WindowSchedule;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** Parts at their places of use: parameters get their values, then the body is analyzed. */
public final class Placements {
  /** The width at which a part that no model uses is checked. */
  private static final int NOMINAL_WIDTH = 1024;

  private static final int NOMINAL_BLOCKS = 2;

  private static final String LAYER = "layer";
  static final String NORM = "norm";

  /** Parts that are made of parts are no deeper than this. */
  private static final int DEEPEST = 50;

  private final Evaluator evaluator;
  private final PartAnalysis cells;
  private final SequencedSet<Span> placed = new LinkedHashSet<>();
  private int depth;

  public Placements(Evaluator evaluator, PartAnalysis cells) {
    this.evaluator = evaluator;
    this.cells = cells;
  }

  /**
   * A part in a model, or empty after a report.
   *
   * @param width of what it is applied to
   */
  Optional<Part> place(Value.Part part, Surroundings model, int width) {
    Declaration.Part declaration = part.declaration();
    placed.add(declaration.name().span());
    if (depth >= DEEPEST) {
      evaluator.report(Code.TOO_LARGE, part.span(), "parts are nested too deeply here", null);
      return Optional.empty();
    }
    Optional<String> lacking = oneOfTwo(part);
    if (lacking.isPresent()) {
      evaluator.report(
          Code.MISSING_KEY,
          part.span(),
          "`%s` needs %s".formatted(declaration.name().text(), lacking.get()),
          null);
      return Optional.empty();
    }
    Instance instance = instance(part, model, width);
    SequencedMap<String, Argument> arguments =
        instance == null ? null : arguments(instance, part, model);
    if (instance == null || arguments == null) {
      return Optional.empty();
    }
    if (declaration.kind() == PartKind.BLOCK) {
      Argument norm = argument(model.norm(), NORM, part, part.span(), model);
      if (norm != null) {
        arguments.putIfAbsent(NORM, norm);
      }
    }
    depth++;
    try {
      Optional<Part> cell =
          cells.analyze(
              new PartAnalysis.PlacedPart(
                  declaration,
                  part.span(),
                  width,
                  model.width(),
                  model.blocks(),
                  model.layer(),
                  arguments,
                  places(instance),
                  keys ->
                      model
                          .windows()
                          .index(new WindowSchedule.Constant(keys), part.label(), part.span()),
                  model.shared().name(part)),
              evaluator.diagnostics());
      cell.ifPresent(made -> model.earlier().add(part, made));
      return cell.filter(made -> model.shared().fits(part, made, model.layer()));
    } finally {
      depth--;
    }
  }

  private @Nullable Instance instance(Value.Part part, Surroundings model, int width) {
    SequencedMap<String, Binding> outside = new LinkedHashMap<>();
    outside.put("width", Binding.of(new Value.Numeric(Quantity.of(width))));
    outside.put("blocks", Binding.of(new Value.Numeric(Quantity.of(model.blocks()))));
    outside.put(LAYER, Binding.of(new Value.Numeric(Quantity.of(model.layer()))));
    List<Redefinition> given =
        part.arguments().entrySet().stream()
            .map(argument -> Redefinition.known(argument.getKey(), argument.getValue()))
            .toList();
    return evaluator
        .bodies()
        .parameters(
            part.declaration().name().text(),
            part.declaration().parameters(),
            new Scope.Frame(part.scope(), outside),
            given,
            part.span());
  }

  /** Two parameters that are each computed from the other, where neither is given, or nothing. */
  private static Optional<String> oneOfTwo(Value.Part part) {
    List<Declaration.Parameter> open =
        part.declaration().parameters().stream()
            .filter(p -> !part.arguments().containsKey(p.name().text()))
            .filter(p -> p.defaultValue() != null)
            .toList();
    for (Declaration.Parameter first : open) {
      for (Declaration.Parameter second : open) {
        if (!first.equals(second) && uses(first, second) && uses(second, first)) {
          return Optional.of("`%s` or `%s`".formatted(first.name().text(), second.name().text()));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean uses(Declaration.Parameter parameter, Declaration.Parameter other) {
    return parameter.defaultValue() != null
        && new NameUse().add(parameter.defaultValue()).has(other.name().text());
  }

  /** Whether a value is a part that may differ from layer to layer. */
  static boolean differsByLayer(Value value) {
    return value instanceof Value.Part part
        && (Mentions.of(part.declaration(), LAYER)
            || part.arguments().values().stream().anyMatch(item -> differsByLayer(item.value())));
  }

  /** Checks a part that has been placed nowhere, unless it needs arguments. */
  public void checkUnused(Declaration.Part part, Module module) {
    Span name = part.name().span();
    var bare = new Value.Part(part, module, part.name().text(), name, new LinkedHashMap<>());
    boolean complete =
        part.parameters().stream().allMatch(p -> p.defaultValue() != null)
            && oneOfTwo(bare).isEmpty();
    if (complete && !placed.contains(name)) {
      var model =
          new Surroundings(
              NOMINAL_WIDTH,
              NOMINAL_BLOCKS,
              0,
              Prelude.part("rmsnorm", name),
              new ModelWindows(),
              new EarlierLayers(List.of()),
              new SharedParts(evaluator));
      place(bare, model, NOMINAL_WIDTH);
    }
  }

  /** What the parameters of a part are, or null after a report. */
  private @Nullable SequencedMap<String, Argument> arguments(
      Instance instance, Value.Part part, Surroundings model) {
    SequencedMap<String, Argument> arguments = new LinkedHashMap<>();
    boolean known = true;
    for (Slot slot : instance.slots()) {
      Value value = slot.binding().value(evaluator, slot.span());
      Value.Item given = part.arguments().get(slot.name());
      if (value instanceof Value.Part && given != null && given.value() instanceof Value.Part) {
        value = given.value(); // called what the caller calls it
      }
      Argument argument = argument(value, slot.name(), part, slot.span(), model);
      if (argument == null) {
        known = false;
      } else {
        arguments.put(slot.name(), argument);
      }
    }
    return known ? arguments : null;
  }

  private static SequencedMap<String, Span> places(Instance instance) {
    SequencedMap<String, Span> places = new LinkedHashMap<>();
    instance.slots().forEach(slot -> places.put(slot.name(), slot.span()));
    return places;
  }

  private @Nullable Argument argument(
      Value value, String name, Value.Part owner, Span span, Surroundings model) {
    return switch (value) {
      case Value.Unknown _ -> null;
      case Value.Word(String word) -> new Argument.Word(word);
      case Value.Truth(boolean truth) -> new Argument.Word(Boolean.toString(truth));
      case Value.Numeric(Quantity share) when share.dimension().equals(Dimension.PERCENT) ->
          new Argument.Numeric(Quantity.of(share.value()));
      case Value.Window(WindowSchedule schedule) ->
          new Argument.Window(model.windows().index(schedule, owner.label(), span));
      case Value.Part part ->
          new Argument.Applicable(
              part.declaration().kind(),
              part.label(),
              part.span(),
              width -> place(part, model, width),
              () -> model.earlier().nearest(part));
      default -> {
        Value number = evaluator.coercion().coerce(value, Wanted.REAL, "`" + name + "`", span);
        yield number instanceof Value.Numeric(Quantity quantity)
            ? new Argument.Numeric(quantity)
            : null;
      }
    };
  }
}
