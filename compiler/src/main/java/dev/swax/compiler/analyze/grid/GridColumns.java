package dev.swax.compiler.analyze.grid;

import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Redefinition;
import dev.swax.compiler.analyze.evaluate.Scope;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.analyze.evaluate.Wanted;
import dev.swax.compiler.analyze.model.Architectures;
import dev.swax.compiler.analyze.train.Trains;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Cut;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.model.WindowVariable;
import dev.swax.compiler.model.grid.GridColumn;
import dev.swax.compiler.model.grid.GridLabel;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.GridItem;
import dev.swax.compiler.type.Quantity;
import dev.swax.compiler.type.Rational;
import dev.swax.runtime.schedule.WindowSchedule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a grid: {@code model}, {@code tested(model, window: 64)}, {@code trained(model, using:
 * other)}.
 */
final class GridColumns {

  private final Evaluator evaluator;
  private final Architectures architectures;
  private final Trains trains;
  private final GridPoints points;
  private final GridHeadings headings = new GridHeadings();
  private final GridChoices choices;

  GridColumns(Evaluator evaluator, Architectures architectures, Trains trains) {
    this.evaluator = evaluator;
    this.architectures = architectures;
    this.trains = trains;
    this.points = new GridPoints(evaluator);
    this.choices = new GridChoices(evaluator);
  }

  /** How a grid trains its models. */
  record Training(Value.@Nullable Train train, List<Long> seeds) {
    Training {
      seeds = List.copyOf(seeds);
    }
  }

  /** What a column's value says. */
  private record Chosen(
      Value.Model model, Value.@Nullable Train train, @Nullable Integer testWindow, Cut cut) {}

  /** The columns so far that choose among others. */
  GridChoices choices() {
    return choices;
  }

  /** What the columns so far are called. */
  GridHeadings headings() {
    return headings;
  }

  /** The columns of one line; those with an error are left out. */
  List<GridColumn> columns(GridItem.Column item, Scope scope, Training training) {
    List<GridColumn> columns = new ArrayList<>();
    List<GridPoints.Point> expanded = points.expand(item.bindings(), scope);
    if (expanded.isEmpty() && !evaluator.isCleanSince(0)) {
      headings.miss();
      look(item.value(), GridPoints.unknown(item.bindings(), scope).scope(), training);
    }
    for (GridPoints.Point point : expanded) {
      int before = evaluator.mark();
      GridLabel heading = points.heading(item.label(), point);
      if (!evaluator.isCleanSince(before)) {
        headings.miss();
        look(item.value(), point.scope(), training);
        return List.of();
      }
      headings.add(heading.text(), point.axes().sequencedKeySet());
      column(item, point, heading, training)
          .ifPresent(column -> {
            choices.add(item.label().value(), column);
            columns.add(column);
          });
    }
    return columns;
  }

  private Optional<GridColumn> column(
      GridItem.Column item, GridPoints.Point point, GridLabel heading, Training training) {
    if (isNone(item.value())) {
      return Optional.of(withoutModel(item, heading));
    }
    if (GridChoices.isChoice(item.value(), point)) {
      return choices.choose(heading, item.value().span(), item.value(), point);
    }
    Chosen chosen = choose(item.value(), point.scope(), training.train());
    return chosen == null ? Optional.empty() : column(item, heading, chosen, training.seeds());
  }

  /** Only for what is wrong in a value beside a label or a list that is wrong too. */
  private void look(Expression value, Scope scope, Training training) {
    if (!isNone(value)) {
      choose(value, scope, training.train());
    }
  }

  private static boolean isNone(Expression value) {
    return value instanceof Expression.Name name && name.text().equals("none");
  }

  /** Only a reference has values for it. */
  private static GridColumn withoutModel(GridItem.Column item, GridLabel heading) {
    return new GridColumn(
        heading,
        item.value().span(),
        null,
        List.of(),
        false,
        new LinkedHashMap<>(),
        Cut.NONE,
        null);
  }

  private @Nullable Chosen choose(Expression value, Scope scope, Value.@Nullable Train train) {
    if (value instanceof Expression.Assumed assumed) {
      evaluator.assume(assumed);
      return choose(assumed.value(), scope, train);
    }
    if (value instanceof Expression.Call call && scope.find(call.callee().text()) == null) {
      switch (GridFunction.of(call).orElse(null)) {
        case TESTED -> {
          return tested(call, scope, train);
        }
        case TRAINED -> {
          return trained(call, scope, train);
        }
        case CUT -> {
          return cut(call, scope, train);
        }
        case null, default -> {}
      }
    }
    return evaluator.evaluate(value, scope, Wanted.MODEL, "a column") instanceof Value.Model model
        ? new Chosen(model, train, null, Cut.NONE)
        : null;
  }

  private @Nullable Chosen tested(Expression.Call call, Scope scope, Value.@Nullable Train train) {
    SequencedMap<String, Expression> given = both(call, GridFunction.TESTED);
    if (given == null) {
      return null;
    }
    Chosen chosen = choose(given.firstEntry().getValue(), scope, train);
    Value window = evaluator.evaluate(given.lastEntry().getValue(), scope, Wanted.SIZE, "`window`");
    return chosen != null && window instanceof Value.Numeric(Quantity(Rational keys, _))
        ? new Chosen(chosen.model(), chosen.train(), (int) keys.toLong(), chosen.cut())
        : null;
  }

  private @Nullable Chosen trained(Expression.Call call, Scope scope, Value.@Nullable Train train) {
    SequencedMap<String, Expression> given = both(call, GridFunction.TRAINED);
    if (given == null) {
      return null;
    }
    Chosen chosen = choose(given.firstEntry().getValue(), scope, train);
    Value.Train other = train(given.lastEntry().getValue(), scope);
    return chosen == null || other == null
        ? null
        : new Chosen(chosen.model(), other, chosen.testWindow(), chosen.cut());
  }

  /** {@code cut(model, memory, by: mean)}, {@code cut(model, layers: [0, 2])}. */
  private @Nullable Chosen cut(Expression.Call call, Scope scope, Value.@Nullable Train train) {
    SequencedMap<String, Expression> given = GridFunction.CUT.match(call, evaluator);
    if (given == null) {
      return null;
    }
    Expression model = given.get("model");
    Cut cut = new GridCuts(evaluator, scope).ofColumn(call, given).orElse(null);
    if (model == null || cut == null) {
      if (cut != null) {
        evaluator.report(Code.MISSING_KEY, call.span(), "`cut` needs `model`", null);
      }
      return null;
    }
    Chosen chosen = choose(model, scope, train);
    if (chosen != null && !chosen.cut().isNone()) {
      evaluator.report(
          Code.CUT_OF_NOTHING,
          call.span(),
          "something is cut already; one `cut` can be made",
          null);
      return null;
    }
    return chosen == null
        ? null
        : new Chosen(chosen.model(), chosen.train(), chosen.testWindow(), cut);
  }

  /** The model and the other argument, in this order; null after a report. */
  private @Nullable SequencedMap<String, Expression> both(
      Expression.Call call, GridFunction function) {
    SequencedMap<String, Expression> given = function.match(call, evaluator);
    if (given == null) {
      return null;
    }
    SequencedMap<String, Expression> ordered = new LinkedHashMap<>();
    for (String name : function.arguments()) {
      Expression value = given.get(name);
      if (value == null) {
        evaluator.report(
            Code.MISSING_KEY,
            call.span(),
            "`%s` needs `%s`".formatted(function.text(), name),
            null);
        return null;
      }
      ordered.put(name, value);
    }
    return ordered;
  }

  /** A train block that an expression names; null after a report. */
  Value.@Nullable Train train(Expression expression, Scope scope) {
    return evaluator.evaluate(expression, scope, Wanted.TRAIN, "`using`")
            instanceof Value.Train train
        ? train
        : null;
  }

  private Optional<GridColumn> column(
      GridItem.Column item, GridLabel heading, Chosen chosen, List<Long> seeds) {
    Span span = item.value().span();
    Value.Model model = chosen.model();
    Value.Train train = chosen.train();
    List<TrainPlan> plans = train == null ? List.of() : plans(train, model, seeds, span);
    Optional<Architecture> architecture;
    if (train == null) {
      architecture = architectures.build(model.declaration().name().text(), model, span);
    } else if (plans.isEmpty()) {
      architecture = Optional.empty();
    } else {
      architecture = Optional.ofNullable(plans.getFirst().architecture());
    }
    TrainPlan first = plans.isEmpty() ? null : plans.getFirst();
    Integer window = chosen.testWindow();
    if (window != null && architecture.filter(a -> a.windows().isEmpty()).isPresent()) {
      evaluator.report(
          Code.TESTED_WITHOUT_WINDOW,
          span,
          "`%s` has no window, so it cannot be tested with a window of %d keys"
              .formatted(model.declaration().name().text(), window),
          "the model alone, without `tested(…)`");
      return Optional.empty();
    }
    Optional<String> obstacle = architecture.flatMap(chosen.cut()::obstacle);
    if (obstacle.isPresent()) {
      evaluator.report(Code.CUT_OF_NOTHING, span, obstacle.get(), null);
      return Optional.empty();
    }
    return architecture.map(a ->
        new GridColumn(
            heading,
            span,
            a,
            plans,
            window != null,
            testWindows(a, first, window),
            chosen.cut(),
            null));
  }

  /** The plan of each seed, or of the block's own where there are none; empty after a report. */
  private List<TrainPlan> plans(Value.Train train, Value.Model model, List<Long> seeds, Span span) {
    Redefinition trained = Redefinition.known("model", new Value.Item(model, span));
    if (seeds.isEmpty()) {
      return trains.plan(train, span, List.of(trained)).stream().toList();
    }
    List<TrainPlan> plans = new ArrayList<>();
    for (long seed : seeds) {
      Value value = new Value.Numeric(Quantity.of(seed));
      Redefinition own = Redefinition.known("seed", new Value.Item(value, span));
      trains.plan(train, span, List.of(trained, own)).ifPresent(plans::add);
    }
    return plans.size() < seeds.size() ? List.of() : plans;
  }

  /**
   * As the train block has them; a test window of the column's own is that of every window that
   * changes in training, or of all where none does.
   */
  private static SequencedMap<String, Integer> testWindows(
      Architecture architecture, @Nullable TrainPlan plan, @Nullable Integer own) {
    SequencedMap<String, Integer> windows = new LinkedHashMap<>();
    boolean allFixed =
        architecture.windows().stream()
            .allMatch(w -> w.schedule() instanceof WindowSchedule.Constant);
    for (WindowVariable window : architecture.windows()) {
      int last = window.schedule().testValue();
      int trained =
          plan == null ? last : plan.recipe().testWindows().getOrDefault(window.name(), last);
      boolean changes = allFixed || !(window.schedule() instanceof WindowSchedule.Constant);
      windows.put(window.name(), own != null && changes ? own : trained);
    }
    return windows;
  }
}
