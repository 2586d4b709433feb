package dev.swax.grid.plan;

import dev.swax.compiler.Compiler;
import dev.swax.compiler.facts.FlopCount;
import dev.swax.compiler.facts.Usage;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Cut;
import dev.swax.compiler.model.DataPlan;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.model.grid.GridColumn;
import dev.swax.compiler.model.grid.GridExpectation;
import dev.swax.compiler.model.grid.GridExpression;
import dev.swax.compiler.model.grid.GridMeasure;
import dev.swax.compiler.model.grid.GridParts;
import dev.swax.compiler.model.grid.GridPlan;
import dev.swax.compiler.model.grid.GridRow;
import dev.swax.runtime.UserError;
import dev.swax.runtime.train.DataHashes;
import dev.swax.runtime.train.Recipe;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * A grid to cells. Columns whose models are trained alike share their training, and measures that
 * ask the same of the same model are one cell.
 */
public final class Planner {
  /** Lines of a recipe that decide nothing about the trained weights. */
  private static final List<String> NOT_OF_TRAINING =
      List.of("sample.", "train.checkpoint_every", "train.keep", "train.pathways");

  /** Lines that decide about them only where validations end a training. */
  private static final List<String> OF_VALIDATION = List.of("test.", "train.validat");

  /** Components of an architecture that say nothing about what it computes. */
  private static final List<String> NOT_OF_MODEL =
      List.of("name", "span", "documentation", "assumptions");

  private final GridPlan grid;
  private final Contents contents;
  private final Questions questions;
  private final SequencedMap<String, Cell.Training> trainings = new LinkedHashMap<>();
  private final SequencedMap<String, Cell.Evaluation> evaluations = new LinkedHashMap<>();
  private final SequencedMap<GridCells.Place, Cell.Evaluation> places = new LinkedHashMap<>();

  private Planner(GridPlan grid, Contents contents) {
    this.grid = grid;
    this.contents = contents;
    this.questions = new Questions(contents);
  }

  /** All cells of the grid. A grid that measures no trained model has none. */
  public static GridCells plan(GridPlan grid, Contents contents) {
    return new Planner(grid, contents).plan();
  }

  private GridCells plan() {
    SequencedMap<GridMeasure, String> measures = measures(grid);
    List<List<Cell.Training>> columns = new ArrayList<>();
    for (int index = 0; index < grid.columns().size(); index++) {
      GridColumn column = grid.columns().get(index);
      boolean trained =
          !measures.isEmpty() && !column.trains().isEmpty() && column.choice() == null;
      columns.add(trained ? column(index, measures) : List.of());
    }
    return new GridCells(
        grid, List.copyOf(trainings.values()), List.copyOf(evaluations.values()), places, columns);
  }

  private List<Cell.Training> column(int index, SequencedMap<GridMeasure, String> measures) {
    GridColumn column = grid.columns().get(index);
    FlopCount ofTraining = new FlopCount(column.model());
    FlopCount ofMeasuring = ofTraining.withWindowsOf(column.measured());
    SequencedMap<String, String> model = model(column.model());
    List<Cell.Training> trained = new ArrayList<>();
    for (TrainPlan plan : column.trains()) {
      Cell.Training training = training(column, plan, model, ofTraining);
      measures.forEach((measure, label) -> {
        if (column.obstacle(measure.cut()).isEmpty()) {
          places.put(
              new GridCells.Place(index, trained.size(), measure),
              evaluation(column, training, measure, label, ofMeasuring));
        }
      });
      trained.add(training);
    }
    return trained;
  }

  /**
   * Every measure that a row or an expectation needs, in order, with the label of the first such
   * row; the further ones of a row are numbered.
   */
  public static SequencedMap<GridMeasure, String> measures(GridPlan grid) {
    SequencedMap<GridMeasure, String> measures = new LinkedHashMap<>();
    for (GridRow row : grid.rows()) {
      SequencedSet<GridMeasure> own = new LinkedHashSet<>();
      collect(row.value(), own);
      int number = 0;
      for (GridMeasure measure : own) {
        number++;
        measures.putIfAbsent(
            measure, number == 1 ? row.label() : "%s (%s)".formatted(row.label(), number));
      }
    }
    for (GridExpectation expected : grid.expectations()) {
      SequencedSet<GridMeasure> own = new LinkedHashSet<>();
      collect(expected.left(), own);
      collect(expected.right(), own);
      own.forEach(measure -> measures.putIfAbsent(measure, expected.text()));
    }
    return measures;
  }

  private static void collect(GridExpression value, SequencedSet<GridMeasure> measures) {
    switch (value) {
      case GridExpression.Measured measured -> measures.add(measured.measure());
      default -> GridParts.of(value).forEach(part -> collect(part, measures));
    }
  }

  private Cell.Training training(
      GridColumn column, TrainPlan plan, SequencedMap<String, String> model, FlopCount flopCount) {
    Recipe recipe = plan.recipe();
    SequencedMap<String, String> lines = new LinkedHashMap<>();
    lines.put("cell", "training");
    lines.put("swax", Compiler.VERSION);
    lines.putAll(model);
    boolean validated = recipe.stop() != null;
    for (Map.Entry<String, String> line : recipe.describe().entrySet()) {
      if (NOT_OF_TRAINING.stream().noneMatch(line.getKey()::startsWith)
          && (validated || OF_VALIDATION.stream().noneMatch(line.getKey()::startsWith))) {
        lines.put(line.getKey(), line.getValue());
      }
    }
    String absent = data(plan.data(), recipe.sequence(), validated, lines);
    String obstacle = recipe.obstacle().map(UserError::getMessage).orElse(absent);
    Identity identity = new Identity(lines);
    long tokens = recipe.steps() * recipe.batchTokens();
    double flops =
        tokens * flopCount.perTrainedToken(Usage.of(plan)) * recipe.read() / recipe.sequence();
    return trainings.computeIfAbsent(
        identity.hash(),
        _ -> new Cell.Training(identity, column.label(), plan, flops, tokens, obstacle));
  }

  /**
   * Adds the lines of what is trained on; why there is nothing, or null.
   *
   * @param validated whether what it is validated on decides too
   */
  private @Nullable String data(
      @Nullable DataPlan data,
      int sequence,
      boolean validated,
      SequencedMap<String, String> lines) {
    return switch (data) {
      case null -> {
        lines.put("data", "none");
        yield "its train block names no data";
      }
      case DataPlan.Text text -> text(text, validated, lines);
      case DataPlan.Examples examples -> {
        lines.putAll(
            validated ? examples.examples().hashes() : examples.examples().trainingHashes());
        yield examples.examples().obstacle(sequence).map(UserError::getMessage).orElse(null);
      }
      case DataPlan.Mixture mixture -> mixture(mixture, sequence, validated, lines);
    };
  }

  private @Nullable String mixture(
      DataPlan.Mixture mixture,
      int sequence,
      boolean validated,
      SequencedMap<String, String> lines) {
    String obstacle = null;
    for (DataPlan.Mixture.Part part : mixture.mixed()) {
      String name = "mix." + part.data().name();
      lines.put(name, part.share().describe());
      SequencedMap<String, String> own = new LinkedHashMap<>();
      String reason = data(part.data(), sequence, validated, own);
      own.forEach((key, value) -> lines.put(name + "." + key, value));
      obstacle = obstacle == null ? reason : obstacle;
    }
    return obstacle;
  }

  private @Nullable String text(
      DataPlan.Text data, boolean validated, SequencedMap<String, String> lines) {
    return switch (contents.of(data)) {
      case Content.Read read -> {
        lines.putAll(DataHashes.of(data.tokenizer()));
        lines.putAll(DataHashes.of(data.packing()));
        lines.put("data", read.training());
        if (validated) {
          lines.put("data.validation", read.validation());
        }
        yield null;
      }
      case Content.Absent(String reason) -> {
        lines.put("data", new Canonical().text(data.source()));
        yield reason;
      }
    };
  }

  private static SequencedMap<String, String> model(Architecture architecture) {
    var canonical = new Canonical();
    SequencedMap<String, String> lines = new LinkedHashMap<>();
    for (RecordComponent component : Architecture.class.getRecordComponents()) {
      if (!NOT_OF_MODEL.contains(component.getName())) {
        lines.put(
            "model." + component.getName(),
            canonical.text(Canonical.component(architecture, component)));
      }
    }
    return lines;
  }

  private Cell.Evaluation evaluation(
      GridColumn column,
      Cell.Training training,
      GridMeasure measure,
      String what,
      FlopCount flopCount) {
    SequencedMap<String, String> lines = new LinkedHashMap<>();
    lines.put("cell", "evaluation");
    lines.put("swax", Compiler.VERSION);
    lines.put("model", training.identity().hash());
    column.testWindows().forEach((name, keys) -> lines.put("window." + name, keys.toString()));
    Cut cut = measure.cut().isNone() ? column.cut() : measure.cut();
    if (!cut.isNone()) {
      lines.put("cut", cut.describe());
    }
    Questions.Bound bound = questions.bound(measure, training.plan().data());
    Questions.Asked asked = bound.asked();
    lines.putAll(asked.lines());
    Identity identity = new Identity(lines);
    Usage trained = Usage.of(training.plan());
    Usage usage = asked.length() == 0 ? trained : trained.withSequence(asked.length());
    double flops = asked.tokens() * flopCount.perToken(usage);
    String obstacle = obstacle(asked, column.model());
    return evaluations.computeIfAbsent(
        identity.hash(),
        _ ->
            new Cell.Evaluation(
                identity,
                what,
                column.label(),
                training,
                bound.measure(),
                column.testWindows(),
                cut,
                flops,
                asked.tokens(),
                obstacle == null ? training.obstacle() : obstacle));
  }

  private static @Nullable String obstacle(Questions.Asked asked, Architecture model) {
    boolean known = asked.vocabulary() <= model.vocabulary();
    return asked.obstacle() != null || known
        ? asked.obstacle()
        : "the task has %d different tokens, the model %d"
            .formatted(asked.vocabulary(), model.vocabulary());
  }
}
