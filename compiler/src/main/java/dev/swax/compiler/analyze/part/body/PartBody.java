package dev.swax.compiler.analyze.part.body;

import dev.swax.compiler.analyze.model.Argument;
import dev.swax.compiler.analyze.model.PartAnalysis;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.model.part.HeadGroups;
import dev.swax.compiler.model.part.PartExpression;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known about one part while its body is read: sizes, names, states and their updates. */
public final class PartBody {
  /** The layer's input. */
  static final String INPUT = "x";

  /** The layer's result. */
  public static final String OUTPUT = "out";

  /** What the embedding gave, where the body itself calls nothing so. */
  private static final String EMBEDDING = "embedding";

  /** The number of the head, from 0. */
  static final String HEAD = "head";

  /** The number of the layer, from 0. */
  private static final String LAYER = "layer";

  private static final Set<String> RESERVED =
      new LinkedHashSet<>(List.of(INPUT, HEAD, LAYER, "width", "blocks"));

  private final PartAnalysis.PlacedPart placed;
  private final PartReports reports;
  private final WeightNames weights = new WeightNames();
  private final int width;
  private final int blocks;
  private final SequencedMap<String, Double> numbers = new LinkedHashMap<>();
  private final SequencedMap<String, Span> places = new LinkedHashMap<>();
  private final SequencedMap<String, StateVariable> states = new LinkedHashMap<>();
  private final SequencedMap<String, Term> updates = new LinkedHashMap<>();
  private final SequencedMap<String, Defined> definitions = new LinkedHashMap<>();
  private final Set<String> broken = new LinkedHashSet<>();
  private final Set<String> used = new LinkedHashSet<>();
  private final SequencedMap<String, Argument> arguments = new LinkedHashMap<>();
  private int heads;
  private @Nullable HeadGroups groups;

  /** {@code state name: shape}. */
  public record StateVariable(Span span, String name, Shape shape) {}

  /** {@code name = term}, a value of groups of heads where there are any. */
  public record Defined(Span span, String name, Term term, @Nullable HeadGroups groups) {}

  public PartBody(PartAnalysis.PlacedPart placed, Diagnostics diagnostics) {
    this.placed = placed;
    reports = new PartReports(placed, diagnostics);
    width = placed.width();
    blocks = placed.blocks();
    numbers.put("width", (double) width);
    numbers.put("blocks", (double) blocks);
    numbers.put(LAYER, (double) placed.layer());
    arguments.putAll(placed.arguments());
  }

  public Declaration.Part declaration() {
    return placed.declaration();
  }

  public int width() {
    return width;
  }

  /** The name under which the weights are shared, or null. */
  public @Nullable String shared() {
    return placed.shared();
  }

  /** The names of its weights. */
  public WeightNames weights() {
    return weights;
  }

  int blocks() {
    return blocks;
  }

  /** What a parameter that is no number has, or null if nothing is one. */
  @Nullable Argument argument(String name) {
    return numbers.containsKey(name) ? null : arguments.get(name);
  }

  /** The index of a window that is always so many keys. */
  int window(int keys) {
    return placed.windows().applyAsInt(keys);
  }

  /** Its parameters as text, as facts show them. */
  public SequencedMap<String, String> parameterTexts() {
    var texts = new LinkedHashMap<String, String>();
    arguments.forEach((name, argument) -> texts.put(name, argument.text()));
    texts.values().removeIf(String::isEmpty);
    return texts;
  }

  /** 0 until the parameters are known: before that nothing has heads. */
  public int heads() {
    return heads;
  }

  public void heads(int value) {
    heads = value;
  }

  /** The groups that the value of this line is of, or null if it is of heads. */
  @Nullable HeadGroups groups() {
    return groups;
  }

  /** From here on values are of these groups, or of heads. */
  void groups(@Nullable HeadGroups value) {
    groups = value;
  }

  /** Whether a name has a value for each head, or for each of other groups than this line's. */
  boolean isPerHead(String name) {
    if ((name.equals(HEAD) && !numbers.containsKey(HEAD)) || states.containsKey(name)) {
      return true;
    }
    Defined defined = definitions.get(name);
    return defined != null
        && !(defined.term().shape() instanceof Shape.Fixed
            || defined.term().shape() instanceof Shape.Width)
        && !Objects.equals(defined.groups(), groups);
  }

  /** How many there are of the value of this line: one for each head, or for each group. */
  int copies() {
    return groups == null ? heads : groups.count();
  }

  /** The number that a parameter has, or null if nothing is one. */
  @Nullable Double parameterNumber(String name) {
    return places.containsKey(name) ? numbers.get(name) : null;
  }

  /** The channels of a value of that shape, those of all heads or groups. */
  int channels(Shape shape) {
    return shape instanceof Shape.Width(int all) ? all : copies() * shape.size();
  }

  /** The lines and states of a body. */
  public record Lines(
      SequencedMap<String, StateVariable> states,
      SequencedMap<String, Term> updates,
      SequencedMap<String, Defined> definitions) {}

  public Lines lines() {
    return new Lines(
        new LinkedHashMap<>(states),
        new LinkedHashMap<>(updates),
        new LinkedHashMap<>(definitions));
  }

  /** From here on the body has these lines; all of them are used. */
  public void lines(Lines lines) {
    states.clear();
    states.putAll(lines.states);
    updates.clear();
    updates.putAll(lines.updates);
    for (String name : lines.definitions.keySet()) {
      if (!definitions.containsKey(name)) {
        used.add(name);
      }
    }
    definitions.clear();
    definitions.putAll(lines.definitions);
  }

  public SequencedMap<String, StateVariable> states() {
    return states;
  }

  public SequencedMap<String, Term> updates() {
    return updates;
  }

  public SequencedMap<String, Defined> definitions() {
    return definitions;
  }

  /** A parameter that is no number. */
  public void parameter(String name, Span span) {
    if (isFree(name, span)) {
      places.put(name, span);
    }
  }

  /** A parameter may be called {@code head}: the width of one. Then it hides the head's number. */
  public void number(String name, double value, Span span) {
    if (name.equals(HEAD) || isFree(name, span)) {
      numbers.put(name, value);
      places.put(name, span);
    }
  }

  void state(StateVariable state) {
    if (isFree(state.name(), state.span())) {
      states.put(state.name(), state);
      places.put(state.name(), state.span());
    }
  }

  void define(Defined defined) {
    if (isFree(defined.name(), defined.span())) {
      definitions.put(defined.name(), defined);
      places.put(defined.name(), defined.span());
    }
  }

  /** Remembers a name whose value was reported, so that its uses stay silent. */
  void breakName(String name) {
    broken.add(name);
  }

  /** After a fault in a part that this body applies. */
  void fail() {
    reports.fail();
  }

  /** Whether a name has a value here. */
  boolean isKnown(String name) {
    return numbers.containsKey(name)
        || states.containsKey(name)
        || definitions.containsKey(name)
        || broken.contains(name)
        || INPUT.equals(name)
        || EMBEDDING.equals(name)
        || HEAD.equals(name);
  }

  boolean isBroken(String name) {
    return broken.contains(name);
  }

  /** Whether a definition's name has been looked up. */
  public boolean isUsed(String name) {
    return used.contains(name);
  }

  /** What a name without a prime stands for, or null if nothing is called that. */
  @Nullable Term find(String name, Span span) {
    Double number = numbers.get(name);
    if (number != null) {
      return new Term.Plain(new PartExpression.Constant(span, number), Shape.NUMBER);
    }
    StateVariable state = states.get(name);
    if (state != null) {
      return new Term.State(span, name, false, state.shape());
    }
    Defined defined = definitions.get(name);
    if (defined != null) {
      used.add(name);
      return reference(defined, span);
    }
    return heads == 0 ? null : builtIn(name, span);
  }

  /** Values that read a state, and fixed numbers, are put in place; others are referred to. */
  private Term reference(Defined defined, Span span) {
    if (defined.term() instanceof Term.Plain(var expression, var shape) && !expression.isFixed()) {
      var reference = new PartExpression.Reference(span, defined.name(), expression.size());
      return new Term.Plain(
          defined.groups() == null || groups != null
              ? reference
              : new PartExpression.OfGroup(span, reference, defined.groups()),
          shape);
    }
    return defined.term();
  }

  /** As wide as the model; what is applied to another width has no use for it. */
  private Term embedding(Span span) {
    int columns = placed.modelWidth();
    return new Term.Plain(new PartExpression.Embedding(span, columns), new Shape.Width(columns));
  }

  private @Nullable Term builtIn(String name, Span span) {
    return switch (name) {
      case INPUT -> {
        used.add(INPUT);
        yield new Term.Plain(new PartExpression.Input(span, width), new Shape.Width(width));
      }
      case EMBEDDING -> embedding(span);
      case HEAD -> {
        var values = new ArrayList<Double>();
        for (int head = 0; head < heads; head++) {
          values.add((double) head);
        }
        yield new Term.Plain(new PartExpression.PerHead(span, values), Shape.SCALAR);
      }
      default -> null;
    };
  }

  /** Whether so much is wrong that suggestions are not worth their time. */
  boolean isCrowded() {
    return reports.isFull();
  }

  /** Every name that can be used here, for suggestions. */
  public List<String> names() {
    var names = new ArrayList<String>(numbers.keySet());
    if (heads > 0) {
      names.addAll(List.of(INPUT, EMBEDDING, HEAD));
    }
    names.addAll(arguments.keySet());
    names.addAll(states.keySet());
    names.addAll(definitions.keySet());
    return names;
  }

  /** A name for trained weights that nothing else in this cell has, with any of the suffixes. */
  String parameter(String wanted, String... suffixes) {
    return weights.fresh(wanted, suffixes);
  }

  private boolean isFree(String name, Span span) {
    if (RESERVED.contains(name)) {
      report(
          Code.DUPLICATE_NAME,
          span,
          "`%s` already has a meaning in every cell".formatted(name),
          null);
      return false;
    }
    Span first = places.get(name);
    if (first != null) {
      report(
          new Diagnostic(
              Code.DUPLICATE_NAME,
              span,
              "`%s` is already defined in this cell".formatted(name),
              List.of(new Diagnostic.Note(first, "the first `%s`".formatted(name))),
              null));
      return false;
    }
    return true;
  }

  /** Says what keeps a cell from being trained: it can still be described and counted. */
  public void untrained(Code code, Span span, String message, @Nullable String help) {
    untrained(new Diagnostic(code, span, message, List.of(), help));
  }

  /** Is reported where nothing else trains the cell: by {@link #reportReasons}. */
  public void untrained(Diagnostic reason) {
    reports.untrained(reason);
  }

  /** Of a cell of the library, which nobody can change, `info` and `train` tell them instead. */
  public void reportReasons() {
    reports.reportReasons();
  }

  /** Why this cell cannot be trained; empty if it can be, as far as it has been looked at. */
  public List<Diagnostic> reasons() {
    return reports.reasons();
  }

  public void report(Code code, Span span, String message, @Nullable String help) {
    report(new Diagnostic(code, span, message, List.of(), help));
  }

  public void report(Diagnostic diagnostic) {
    reports.report(diagnostic);
  }

  /** Reports a parameter that is no size. Uses of its name stay silent. */
  void reportSize(String parameter, String value, String rule) {
    broken.add(parameter);
    reports.reportSize(
        parameter, Objects.requireNonNull(places.get(parameter)), value, heads, rule);
  }

  public boolean failed() {
    return reports.failed();
  }

  /** Where a parameter got its value, if the declaration or a call gave it one. */
  Map<String, Span> places() {
    return places;
  }
}
