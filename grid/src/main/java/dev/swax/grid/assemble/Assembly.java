package dev.swax.grid.assemble;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Assumption;
import dev.swax.compiler.model.grid.GridColumn;
import dev.swax.compiler.model.grid.GridFigure;
import dev.swax.compiler.model.grid.GridPlan;
import dev.swax.compiler.model.grid.GridRow;
import dev.swax.compiler.source.Span;
import dev.swax.grid.plan.Cell;
import dev.swax.grid.plan.GridCells;
import dev.swax.grid.result.Column;
import dev.swax.grid.result.Course;
import dev.swax.grid.result.Entry;
import dev.swax.grid.result.Figure;
import dev.swax.grid.result.GridResult;
import dev.swax.grid.result.Row;
import dev.swax.grid.result.TrainedRun;
import dev.swax.grid.store.CellFolder;
import dev.swax.grid.store.GridFolder;
import dev.swax.grid.store.Outcome;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.UserError;
import dev.swax.runtime.train.MetricLines;
import dev.swax.runtime.train.Metrics;
import dev.swax.runtime.train.RunFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Collects what is known of a grid: nothing is computed that takes longer than reading it. */
public final class Assembly {
  private final GridPlan grid;
  private final GridCells cells;
  private final GridFolder folder;
  private final Optional<ReferenceTable> reference;
  private final Amounts amounts;
  private final Map<String, MetricLines> metrics = new HashMap<>();
  private final Quantities quantities;

  private Assembly(GridCells cells, GridFolder folder) {
    this.grid = cells.grid();
    this.cells = cells;
    this.folder = folder;
    this.reference = ReferenceTable.of(grid);
    this.amounts = new Amounts(cells, folder);
    this.quantities = new Quantities(grid);
  }

  /** All that a report shows. The same results give the same values, whenever they were made. */
  public static GridResult of(GridCells cells, GridFolder folder) {
    return new Assembly(cells, folder).assemble();
  }

  private GridResult assemble() {
    List<List<Entry>> entries = new ArrayList<>();
    for (GridRow row : grid.rows()) {
      List<Entry> line = new ArrayList<>();
      for (int column = 0; column < grid.columns().size(); column++) {
        line.add(entry(row, column));
      }
      entries.add(line);
    }
    return new GridResult(
        grid.name(),
        grid.title(),
        IntStream.range(0, grid.columns().size()).mapToObj(this::column).toList(),
        grid.rows().stream().map(this::row).toList(),
        entries,
        reference.map(ReferenceTable::name).orElse(null),
        grid.figures().stream().map(this::figure).toList(),
        cells.trainings().stream().map(this::run).toList(),
        assumptions(),
        notes(entries),
        new Expectations(grid, amounts).all());
  }

  private Column column(int number) {
    GridColumn column = grid.columns().get(number);
    return new Column(
        column.label(), column.axes(), column.heading().lines(), grid.isCandidate(number));
  }

  private Row row(GridRow row) {
    Row.Better better =
        switch (row.better()) {
          case UNSTATED -> Row.Better.UNSTATED;
          case LOWER -> Row.Better.LOWER;
          case HIGHER -> Row.Better.HIGHER;
        };
    return new Row(
        row.label(),
        row.axes(),
        row.heading().lines(),
        better,
        row.format(),
        quantities.of(row.value()));
  }

  private Figure figure(GridFigure figure) {
    return switch (figure) {
      case GridFigure.Lines(String title, String axis, boolean ofRows, List<Integer> rows) ->
          ofRows
              ? new Figure.AgainstRows(title, axis, quantities.ofRows(axis), rows)
              : new Figure.AgainstColumns(title, axis, quantities.ofColumns(axis), rows);
      case GridFigure.Scatter(String title, int x, int y) -> new Figure.Scatter(title, x, y);
      case GridFigure.Curves(String title, var course) -> new Figure.Curves(title, course(course));
    };
  }

  private static Course course(GridFigure.Course course) {
    return switch (course) {
      case LOSS -> Course.LOSS;
      case STATE -> Course.STATE;
      case RECENT -> Course.RECENT;
    };
  }

  private Entry entry(GridRow row, int column) {
    GridColumn model = grid.columns().get(column);
    Entry.Reference printed =
        reference
            .flatMap(table ->
                table
                    .find(row.label(), model.label())
                    .map(p -> new Entry.Reference(p.value(), table.tolerance(row, p))))
            .orElse(null);
    int seeds = amounts.isTrained(row.value()) ? Math.max(1, model.trains().size()) : 1;
    List<Amount> of = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      of.add(amounts.of(row.value(), column, seed));
    }
    return switch (of.stream().reduce(Amount::worse).orElseThrow()) {
      case Amount.Known _ -> value(of, printed);
      case Amount.Failed(String reason) -> new Entry.Failed(reason, printed);
      case Amount.Missing(String reason) -> new Entry.Missing(reason, printed);
      case Amount.NotApplicable(String reason) -> new Entry.NotApplicable(reason, printed);
    };
  }

  /** All seeds are asked the same examples, so their errors do not average out. */
  private static Entry value(List<Amount> seeds, Entry.@Nullable Reference printed) {
    List<Amount.Known> known = seeds.stream().map(Amount.Known.class::cast).toList();
    long samples = known.stream().mapToLong(Amount.Known::samples).min().orElse(0);
    double error = known.stream().mapToDouble(Amount.Known::error).sum() / known.size();
    return new Entry.Value(
        Amount.Known.mean(known),
        known.stream().map(Amount.Known::value).toList(),
        samples,
        samples == 0 ? Double.NaN : error,
        known.getFirst().range(),
        printed);
  }

  private TrainedRun run(Cell.Training cell) {
    CellFolder place = folder.cell(cell.id());
    return new TrainedRun(
        cell.column(),
        cell.seed(),
        cell.id(),
        place.hasRun() ? read(place.run().resolve("manifest.json")) : null,
        curves(cell),
        RunFacts.of(cell, place));
  }

  private SequencedMap<Course, List<TrainedRun.Point>> curves(Cell.Training cell) {
    SequencedMap<Course, List<TrainedRun.Point>> curves = new LinkedHashMap<>();
    for (Course course : Course.values()) {
      curves.put(course, curve(cell, course));
    }
    return curves;
  }

  /** Losses stand in the lines of steps, all else in those of validations. */
  private List<TrainedRun.Point> curve(Cell.Training cell, Course course) {
    long batch = cell.plan().recipe().batchTokens();
    List<TrainedRun.Point> points = new ArrayList<>();
    for (MetricLines.Line line : metrics(cell).lines()) {
      JsonNode from = course == Course.LOSS ? line.values() : line.values().path(Metrics.PATHWAYS);
      JsonNode value = from.path(course.metric());
      if (value.isNumber()) {
        points.add(new TrainedRun.Point(line.step() * batch, value.asDouble()));
      }
    }
    return points;
  }

  private MetricLines metrics(Cell.Training cell) {
    return metrics.computeIfAbsent(cell.id(), _ -> readMetrics(cell));
  }

  private MetricLines readMetrics(Cell.Training cell) {
    Path file = folder.cell(cell.id()).run().resolve("metrics.jsonl");
    try {
      return MetricLines.read(file);
    } catch (NoSuchFileException e) {
      return new MetricLines(List.of(), List.of());
    } catch (IOException e) {
      throw new UserError("cannot read %s: %s".formatted(file, Reasons.of(e)), null);
    }
  }

  /** What the comparison with the reference found, and what cannot be believed of the trainings. */
  private List<String> notes(List<List<Entry>> entries) {
    List<String> notes = new ArrayList<>(amounts.choices().notes());
    reference.ifPresent(table -> notes.addAll(new Comparison(grid, entries, table).notes()));
    int absent = 0;
    for (Cell.Training cell : cells.trainings()) {
      faults(cell).forEach(fault -> notes.add(cell.title() + ": " + fault));
      absent += isAbsent(folder.cell(cell.id())) ? 1 : 0;
    }
    if (absent > 0) {
      notes.add(
          "the results of %,d of %,d trainings are here without their runs, so their curves are missing"
              .formatted(absent, cells.trainings().size()));
    }
    return notes;
  }

  /** Whether its result came from elsewhere, or its run was deleted. */
  private static boolean isAbsent(CellFolder place) {
    return place.isFinished() && !place.hasRun();
  }

  private List<String> faults(Cell.Training cell) {
    List<String> faults = new ArrayList<>();
    CellFolder place = folder.cell(cell.id());
    place.findDamage().ifPresent(damage -> faults.add("its " + damage));
    MetricLines metrics = metrics(cell);
    int damaged = metrics.damaged().size();
    if (damaged > 0) {
      faults.add(
          "damaged lines of its metrics.jsonl, which are missing in its curve: %,d"
              .formatted(damaged));
    }
    long early = place.findOutcome().map(Outcome::endedEarly).orElse(0L);
    long steps = early > 0 ? early : cell.plan().recipe().steps();
    long missing = steps - metrics.steps() - damaged;
    if (place.isFinished() && place.hasRun() && missing > 0) {
      faults.add("%,d of %,d steps are missing in its metrics.jsonl".formatted(missing, steps));
    }
    if (place.hasRun() && !RunFiles.areWhole(place.run())) {
      faults.add("its run has changed since it was written; `swax eval` says what has changed");
    }
    return faults;
  }

  private static String read(Path file) {
    try {
      return RegularFile.text(file, RegularFile.fitting());
    } catch (IOException e) {
      throw new UserError("cannot read %s: %s".formatted(file, Reasons.of(e)), null);
    }
  }

  /** Those of the grid itself last; what a model or a training told of already is left out. */
  private List<String> assumptions() {
    SequencedSet<Assumption> all = new LinkedHashSet<>();
    for (GridColumn column : grid.columns()) {
      Architecture model = column.architecture();
      if (model != null) {
        all.addAll(model.assumptions());
      }
      column.trains().forEach(plan -> all.addAll(plan.assumptions()));
    }
    Set<Span> told = all.stream().map(Assumption::span).collect(Collectors.toSet());
    grid.assumptions().stream().filter(own -> told.add(own.span())).forEach(all::add);
    return all.stream().map(Assembly::sentence).distinct().toList();
  }

  private static String sentence(Assumption assumption) {
    return "%s = %s: %s".formatted(assumption.path(), assumption.value(), assumption.reason());
  }
}
