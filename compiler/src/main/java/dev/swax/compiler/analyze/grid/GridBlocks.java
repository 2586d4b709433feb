package dev.swax.compiler.analyze.grid;

import dev.swax.compiler.analyze.data.DataBlocks;
import dev.swax.compiler.analyze.evaluate.Arguments;
import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Fields;
import dev.swax.compiler.analyze.evaluate.Instance;
import dev.swax.compiler.analyze.evaluate.Lazy;
import dev.swax.compiler.analyze.evaluate.Module;
import dev.swax.compiler.analyze.evaluate.Schemas;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.analyze.model.Architectures;
import dev.swax.compiler.analyze.setting.Settings;
import dev.swax.compiler.analyze.train.Trains;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.model.Assumption;
import dev.swax.compiler.model.DataPlan;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.model.grid.GridColumn;
import dev.swax.compiler.model.grid.GridExpectation;
import dev.swax.compiler.model.grid.GridFigure;
import dev.swax.compiler.model.grid.GridPlan;
import dev.swax.compiler.model.grid.GridReference;
import dev.swax.compiler.model.grid.GridRow;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.GridItem;
import dev.swax.runtime.token.ByteTokenizer;
import dev.swax.runtime.token.Tokenizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Grid blocks to plans. */
public final class GridBlocks {
  private final Evaluator evaluator;
  private final Architectures architectures;
  private final Trains trains;
  private final DataBlocks dataBlocks;
  private final Settings settings;

  public GridBlocks(
      Evaluator evaluator,
      Architectures architectures,
      Trains trains,
      DataBlocks dataBlocks,
      Settings settings) {
    this.evaluator = evaluator;
    this.architectures = architectures;
    this.trains = trains;
    this.dataBlocks = dataBlocks;
    this.settings = settings;
  }

  /** The plan of a grid, or empty after a report. */
  public Optional<GridPlan> plan(Declaration.Grid grid, Module module) {
    evaluator.progress().enter(new Lazy(grid.name().text(), () -> Value.UNKNOWN));
    Optional<GridPlan> plan;
    List<Assumption> assumptions;
    try {
      plan = lines(grid, module);
    } finally {
      assumptions = evaluator.progress().leaveWithAssumptions();
    }
    return plan.map(p -> p.with(assumptions));
  }

  private Optional<GridPlan> lines(Declaration.Grid grid, Module module) {
    int before = evaluator.mark();
    GridColumns columns = new GridColumns(evaluator, architectures, trains);
    Optional<Value.Train> train = using(grid, columns, module);
    int unseeded = evaluator.mark();
    List<Long> seeds = seeds(grid, module);
    boolean seedsKnown = evaluator.isCleanSince(unseeded);
    List<GridColumn> built = columns(grid, columns, module, train.orElse(null), seeds);
    GridMeasures measures =
        new GridMeasures(
            evaluator, dataBlocks, !items(grid, GridItem.Using.class).isEmpty(), tokenizer(built));
    GridRows rows =
        new GridRows(
            evaluator,
            measures,
            columns.headings(),
            new GridSeeds(evaluator, built, seedsKnown),
            items(grid, GridItem.Row.class),
            module);
    List<GridRow> resolved = rows.rows();
    List<GridColumn> chosen = columns.choices().resolved(rows, resolved);
    int unordered = evaluator.mark();
    new GridCycles(evaluator, resolved, chosen).check();
    if (evaluator.isCleanSince(unordered)) {
      new GridIntervals(evaluator, resolved).check();
    }
    new GridCurricula(evaluator).check(built, resolved);
    boolean measured =
        !evaluator.isCleanSince(0)
            || built.stream()
                .flatMap(column -> column.trains().stream())
                .anyMatch(plan -> plan.recipe().validating().pathways() > 0);
    GridFigures figures = new GridFigures(evaluator, rows, columns.headings(), measured);
    List<GridFigure> drawn = new ArrayList<>();
    for (GridItem.Figure item : items(grid, GridItem.Figure.class)) {
      figures.figure(item, module).ifPresent(drawn::add);
    }
    GridExpectations expectations =
        new GridExpectations(evaluator, measures, rows, new GridIntervals(evaluator, resolved));
    List<GridExpectation> expected = new ArrayList<>();
    for (GridItem.Expect item : items(grid, GridItem.Expect.class)) {
      expectations.expectation(item, module).ifPresent(expected::add);
    }
    GridReference reference = reference(grid, module);
    requireItems(grid);
    if (!evaluator.isCleanSince(before)) {
      return Optional.empty();
    }
    String name = grid.name().text();
    Expression.Text title = grid.title();
    return Optional.of(
        new GridPlan(
            name,
            grid.name().span(),
            grid.documentation(),
            title == null ? name : title.value(),
            trainedSeeds(built),
            chosen,
            resolved,
            reference,
            expected,
            drawn,
            List.of()));
  }

  /** Of the first model that is trained. */
  private static Tokenizer tokenizer(List<GridColumn> columns) {
    return columns.stream()
        .flatMap(column -> column.trains().stream())
        .map(TrainPlan::data)
        .filter(Objects::nonNull)
        .findFirst()
        .map(DataPlan::tokenizer)
        .orElse(ByteTokenizer.BYTES);
  }

  /** The grid's, or the train block's own. */
  private static List<Long> trainedSeeds(List<GridColumn> columns) {
    return columns.stream()
        .filter(column -> !column.trains().isEmpty())
        .findFirst()
        .map(column -> column.trains().stream().map(plan -> plan.recipe().seed()).toList())
        .orElse(List.of());
  }

  private static <T extends GridItem> List<T> items(Declaration.Grid grid, Class<T> type) {
    return grid.items().stream().filter(type::isInstance).map(type::cast).toList();
  }

  private void requireItems(Declaration.Grid grid) {
    for (String word : List.of("column", "row")) {
      boolean has =
          grid.items().stream()
              .anyMatch(item ->
                  word.equals("row")
                      ? item instanceof GridItem.Row
                      : item instanceof GridItem.Column);
      if (!has) {
        evaluator.report(
            Code.MISSING_KEY,
            grid.name().span(),
            "`grid %s` has no %s".formatted(grid.name().text(), word),
            word.equals("row") ? "`row parameters = parameters`" : "`column \"label\" = model()`");
      }
    }
  }

  private Optional<Value.Train> using(Declaration.Grid grid, GridColumns columns, Module module) {
    List<GridItem.Using> items = items(grid, GridItem.Using.class);
    if (items.size() > 1) {
      twice(items.get(1).span(), items.getFirst().span(), "`using`");
    }
    return items.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(columns.train(items.getFirst().train(), module));
  }

  private List<GridColumn> columns(
      Declaration.Grid grid,
      GridColumns columns,
      Module module,
      Value.@Nullable Train train,
      List<Long> seeds) {
    GridColumns.Training training = new GridColumns.Training(train, seeds);
    List<GridColumn> built = new ArrayList<>();
    SequencedMap<String, Span> labels = new LinkedHashMap<>();
    for (GridItem.Column item : items(grid, GridItem.Column.class)) {
      for (GridColumn column : columns.columns(item, module, training)) {
        Span first = labels.putIfAbsent(column.label(), item.label().span());
        if (first != null) {
          twice(item.label().span(), first, "column `%s`".formatted(column.label()));
        }
        built.add(column);
      }
    }
    return built;
  }

  private void twice(Span span, Span first, String what) {
    evaluator
        .diagnostics()
        .report(
            new Diagnostic(
                Code.DUPLICATE_NAME,
                span,
                what + " is given twice",
                List.of(new Diagnostic.Note(first, "first here")),
                null));
  }

  /** The grid's seeds; empty where it has none of its own. */
  private List<Long> seeds(Declaration.Grid grid, Module module) {
    List<Declaration.Entry> entries = new ArrayList<>();
    for (GridItem.Setting setting : items(grid, GridItem.Setting.class)) {
      String key = setting.key().text();
      if (Schemas.GRID.find(key).isEmpty()) {
        evaluator.report(
            Code.UNKNOWN_KEY,
            setting.key().span(),
            "a grid has no key `%s`".formatted(key),
            key.equals("using")
                ? "`using %s`, without `=`".formatted(setting.value().span().words())
                : Arguments.help(key, Schemas.GRID.names()));
      } else {
        entries.add(
            new Declaration.Entry(setting.span(), setting.key(), false, "", setting.value()));
      }
    }
    String name = grid.name().text();
    Instance instance =
        evaluator
            .bodies()
            .instantiate(
                name,
                List.of(),
                entries,
                Schemas.GRID,
                module,
                settings.of("grid", name, Schemas.GRID.names()),
                grid.name().span());
    Fields fields = new Fields(evaluator, instance, Schemas.GRID);
    List<Long> seeds =
        fields.value("seeds").stream()
            .flatMap(v -> v instanceof Value.Items(var items) ? items.stream() : null)
            .map(Value.Item::value)
            .filter(Value.Numeric.class::isInstance)
            .map(v -> ((Value.Numeric) v).quantity().value().toLong())
            .toList();
    requireDistinct(seeds, fields.span("seeds", grid.name().span()), fields.has("seeds"));
    return seeds;
  }

  private void requireDistinct(List<Long> seeds, Span span, boolean written) {
    if (written && seeds.isEmpty() && evaluator.isCleanSince(0)) {
      evaluator.report(Code.OUT_OF_RANGE, span, "`seeds` is empty", "`seeds = [1, 2, 3]`");
    }
    seeds.stream()
        .filter(seed -> seeds.indexOf(seed) != seeds.lastIndexOf(seed))
        .findFirst()
        .ifPresent(seed ->
            evaluator.report(
                Code.DUPLICATE_NAME, span, "seed %d is given twice".formatted(seed), null));
  }

  private @Nullable GridReference reference(Declaration.Grid grid, Module module) {
    List<GridItem.Reference> items = items(grid, GridItem.Reference.class);
    if (items.isEmpty()) {
      return null;
    }
    if (items.size() > 1) {
      twice(items.get(1).span(), items.getFirst().span(), "`reference`");
    }
    GridItem.Reference item = items.getFirst();
    double tolerance = GridRows.tolerance(evaluator, item.tolerance(), module);
    return new GridReference(item.file().value(), item.file().span(), tolerance);
  }
}
