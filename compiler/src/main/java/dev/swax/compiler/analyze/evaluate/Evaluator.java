package dev.swax.compiler.analyze.evaluate;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.diagnostic.DidYouMean;
import dev.swax.compiler.model.Assumption;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.type.Quantity;
import dev.swax.runtime.train.EarlyStop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates expressions. It always ends, because depth, steps, lengths of lists and digits have
 * limits. A mistake is reported, and its value is {@link Value#UNKNOWN}.
 */
public final class Evaluator {
  private static final int MAXIMUM_DEPTH = 250;
  private static final int MAXIMUM_STEPS = 500_000;
  private static final long MAXIMUM_ELEMENTS = 2_000_000;
  private static final int BITS_OF_A_STEP = 64;

  private final Diagnostics diagnostics;
  private final Watcher watcher;
  private final Progress progress = new Progress();
  private final SettingUse settingUse = new SettingUse();
  private final Coercion coercion;
  private final Arithmetic arithmetic;
  private final Patterns patterns;
  private final Windows windows;
  private final Bodies bodies;
  private final Models models;
  private final Calls calls;
  private final Set<String> limitsTold = new LinkedHashSet<>();

  /** Where names in patterns of layers say which mixer or layer is meant. */
  private final Set<Span> layerNames = new LinkedHashSet<>();

  private int depth;
  private int steps;
  private long elements;

  public Evaluator(Diagnostics diagnostics, Measures measures) {
    this(diagnostics, measures, Watcher.NONE);
  }

  public Evaluator(Diagnostics diagnostics, Measures measures, Watcher watcher) {
    this.diagnostics = diagnostics;
    this.watcher = watcher;
    this.coercion = new Coercion(diagnostics);
    this.arithmetic = new Arithmetic(diagnostics);
    this.patterns = new Patterns(this);
    this.windows = new Windows(this);
    this.bodies = new Bodies(this);
    this.models = new Models(this);
    this.calls = new Calls(this, measures);
  }

  public Progress progress() {
    return progress;
  }

  public SettingUse settingUse() {
    return settingUse;
  }

  public Coercion coercion() {
    return coercion;
  }

  Patterns patterns() {
    return patterns;
  }

  public Bodies bodies() {
    return bodies;
  }

  public Models models() {
    return models;
  }

  /** The value of an expression, or {@link Value#UNKNOWN} after a report. */
  public Value evaluate(Expression expression, Scope scope) {
    if (steps++ > MAXIMUM_STEPS) {
      return tooLarge(expression.span(), "evaluating this file takes too many steps");
    }
    if (depth >= MAXIMUM_DEPTH) {
      return tooLarge(expression.span(), "this is nested too deeply");
    }
    depth++;
    try {
      Value value = dispatch(expression, scope);
      watcher.evaluated(expression, value);
      return value;
    } finally {
      depth--;
    }
  }

  /** The value of an expression as that place wants it. */
  public Value evaluate(Expression expression, Scope scope, Accepted wanted, String place) {
    Value value = evaluateFor(expression, scope, wanted);
    return coercion.coerce(value, wanted, place, expression.span());
  }

  /**
   * The value of an expression, which may be a word of its place; where nothing has its name, what
   * its place could have is listed.
   */
  Value evaluateFor(Expression expression, Scope scope, Accepted wanted) {
    if (expression instanceof Expression.Name name && wanted.words().contains(name.text())) {
      return new Value.Word(name.text());
    }
    if (wanted == Wanted.LAYERS) {
      Heads.ofPattern(expression).forEach(head -> layerNames.add(head.span()));
    }
    Expression.Name head =
        switch (expression) {
          case Expression.Name name -> name;
          case Expression.Call call -> call.callee();
          case Expression.With with when with.base() instanceof Expression.Name name -> name;
          default -> null;
        };
    if (head == null || head.primed() || scope.find(head.text()) != null || diagnostics.isFull()) {
      return evaluate(expression, scope);
    }
    List<String> fitting = Choices.of(wanted, scope);
    return fitting.isEmpty()
        ? evaluate(expression, scope)
        : report(
            Code.UNKNOWN_NAME,
            head.span(),
            "nothing here is called `%s`".formatted(head.text()),
            Choices.help(head.text(), fitting, scope));
  }

  private Value dispatch(Expression expression, Scope scope) {
    return switch (expression) {
      case Expression.Literal literal -> arithmetic.literal(literal);
      case Expression.Text text -> new Value.Text(text.value());
      case Expression.Name name -> name(name, scope);
      case Expression.Unary unary -> arithmetic.unary(unary, evaluate(unary.operand(), scope));
      case Expression.Binary binary -> counted(binary(binary, scope));
      case Expression.Call call -> calls.call(call, scope);
      case Expression.Conditional conditional -> conditional(conditional, scope);
      case Expression.ListLiteral list -> list(list, scope);
      case Expression.Comprehension comprehension -> patterns.comprehension(comprehension, scope);
      case Expression.Over over ->
          report(
              Code.MISPLACED,
              over.span(),
              "`over` stands only in `best(\"label\" over name, by: row)`, as the value of a column",
              null);
      case Expression.Range range -> patterns.range(range, scope);
      case Expression.Index index -> patterns.index(index, scope);
      case Expression.With with -> with(with, scope);
      case Expression.Sample sample -> windows.sample(sample, scope);
      case Expression.Until until -> windows.until(until, scope);
      case Expression.Stall stall -> stall(stall, scope);
      case Expression.Assumed assumed -> assumed(assumed, scope);
    };
  }

  private Value stall(Expression.Stall stall, Scope scope) {
    Value value = evaluate(stall.measurements(), scope, Wanted.SIZE, "`stalls for`");
    return value instanceof Value.Numeric(Quantity measurements)
        ? new Value.Stop(new EarlyStop((int) measurements.value().toLong()))
        : Value.UNKNOWN;
  }

  private Value name(Expression.Name name, Scope scope) {
    if (name.primed()) {
      return report(
          Code.ONLY_IN_CELLS,
          name.span(),
          "`%s'` is the next value of a state, which only a cell has".formatted(name.text()),
          null);
    }
    return lookUp(name, scope);
  }

  /** What a name stands for, reported if nothing is called that. */
  public Value lookUp(Expression.Name name, Scope scope) {
    Binding binding = scope.find(name.text());
    return binding == null ? unknownName(name, scope) : binding.value(this, name.span());
  }

  public Value unknownName(Expression.Name name, Scope scope) {
    return report(
        Code.UNKNOWN_NAME,
        name.span(),
        "nothing here is called `%s`".formatted(name.text()),
        nearest(name, scope));
  }

  /** What was probably meant; among very many faults nothing, because looking takes long. */
  private @Nullable String nearest(Expression.Name name, Scope scope) {
    if (diagnostics.isFull()) {
      return null;
    }
    return layerNames.contains(name.span())
        ? Choices.help(name.text(), Choices.of(Wanted.LAYERS, scope), scope)
        : DidYouMean.help(name.text(), scope.names()).orElse(null);
  }

  private Value binary(Expression.Binary binary, Scope scope) {
    return switch (binary.operator()) {
      case AND, OR -> logical(binary, scope);
      case ADD, MULTIPLY -> {
        Value left = evaluate(binary.left(), scope);
        Value right = evaluate(binary.right(), scope);
        boolean lists = left instanceof Value.Items || right instanceof Value.Items;
        yield lists
            ? patterns.combine(binary, left, right)
            : arithmetic.binary(binary, left, right);
      }
      default ->
          arithmetic.binary(
              binary, evaluate(binary.left(), scope), evaluate(binary.right(), scope));
    };
  }

  private Value logical(Expression.Binary binary, Scope scope) {
    String place = "`%s`".formatted(Arithmetic.symbol(binary.operator()));
    Value left = evaluate(binary.left(), scope, Wanted.BOOLEAN, place);
    boolean decides = binary.operator() == Expression.BinaryOperator.OR;
    if (!(left instanceof Value.Truth(boolean value)) || value == decides) {
      return left;
    }
    return evaluate(binary.right(), scope, Wanted.BOOLEAN, place);
  }

  private Value conditional(Expression.Conditional conditional, Scope scope) {
    return switch (evaluate(conditional.condition(), scope, Wanted.BOOLEAN, "`if`")) {
      case Value.Truth(boolean holds) ->
          evaluate(holds ? conditional.then() : conditional.otherwise(), scope);
      default -> Value.UNKNOWN;
    };
  }

  private Value list(Expression.ListLiteral list, Scope scope) {
    List<Value.Item> items = new ArrayList<>();
    for (Expression element : list.elements()) {
      items.add(new Value.Item(evaluate(element, scope), element.span()));
    }
    return new Value.Items(items);
  }

  private Value with(Expression.With with, Scope scope) {
    Value base = evaluate(with.base(), scope);
    return switch (base) {
      case Value.Items items -> patterns.with(items, with, scope);
      case Value.Template model -> models.with(model, with, scope);
      case Value.Construct construct -> calls.with(construct, with, scope);
      case Value.Built built -> calls.with(built, with, scope);
      case Value.Part part -> calls.with(part, with, scope);
      case Value.Unknown unknown -> unknown;
      default ->
          report(
              Code.WRONG_TYPE,
              with.base().span(),
              "`with` changes a model, a train block, a list, a mixer or a part of a train block, but this is %s"
                  .formatted(base.describe()),
              null);
    };
  }

  private Value assumed(Expression.Assumed assumed, Scope scope) {
    Value value = evaluate(assumed.value(), scope);
    assume(assumed);
    return value;
  }

  /** What is evaluated now rests on an assumption. */
  public void assume(Expression.Assumed assumed) {
    String text = assumed.value().span().words();
    var assumption =
        new Assumption(progress.path(), text, assumed.reason().value(), assumed.span());
    progress.rely(Reliance.on(assumption));
  }

  /** Frames the parameters of a call over the scope in which the body is written. */
  public Scope frame(Scope outer, SequencedMap<String, Binding> bindings) {
    return new Scope.Frame(outer, new LinkedHashMap<>(bindings));
  }

  public Value report(Code code, Span span, String message, @Nullable String help) {
    diagnostics.report(code, span, message, help);
    return Value.UNKNOWN;
  }

  /** A point to come back to with {@link #isCleanSince}. */
  public int mark() {
    return diagnostics.errors();
  }

  /** Whether no error was reported since. */
  public boolean isCleanSince(int mark) {
    return diagnostics.errors() == mark;
  }

  public Diagnostics diagnostics() {
    return diagnostics;
  }

  void reportCycle(Lazy start, Span use) {
    List<String> names = progress.cycle(start);
    report(
        Code.DEPENDS_ON_ITSELF,
        use,
        "`%s` depends on itself: %s".formatted(start.name(), String.join(" -> ", names)),
        null);
  }

  Value reportAmbiguous(String name, List<String> files, Span use) {
    return report(
        Code.AMBIGUOUS_NAME,
        use,
        "`%s` comes from both %s".formatted(name, String.join(" and ", files)),
        null);
  }

  /** Long numbers take more than one step. */
  private Value counted(Value value) {
    if (value instanceof Value.Numeric(Quantity quantity)) {
      steps += quantity.value().bits() / BITS_OF_A_STEP;
    }
    return value;
  }

  /** Whether a list of so many elements is not too much beside those that were made before. */
  public boolean hasRoomFor(long length, Span span) {
    elements += length;
    if (elements <= MAXIMUM_ELEMENTS) {
      return true;
    }
    tooLarge(span, "the lists of this file have too many elements together");
    return false;
  }

  private Value tooLarge(Span span, String message) {
    return limitsTold.add(message) ? report(Code.TOO_LARGE, span, message, null) : Value.UNKNOWN;
  }
}
