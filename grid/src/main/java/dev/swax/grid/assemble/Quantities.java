package dev.swax.grid.assemble;

import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.model.WindowVariable;
import dev.swax.compiler.model.grid.GridColumn;
import dev.swax.compiler.model.grid.GridExpression;
import dev.swax.compiler.model.grid.GridMeasure;
import dev.swax.compiler.model.grid.GridPlan;
import dev.swax.compiler.model.grid.GridRow;
import dev.swax.runtime.schedule.WindowSchedule;
import dev.swax.runtime.task.ChoiceTask;
import dev.swax.runtime.task.GenerationTask;
import dev.swax.runtime.task.PredictionTask;
import dev.swax.runtime.task.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the numbers of a grid count. The name of an axis is the user's own; what it stands for shows
 * in the models and tasks that its values made.
 */
final class Quantities {
  private static final Map<String, String> UNITS = units();
  private static final SequencedMap<String, Function<GridColumn, DoubleStream>> OF_COLUMNS =
      ofColumns();

  private final GridPlan grid;

  Quantities(GridPlan grid) {
    this.grid = grid;
  }

  private static Map<String, String> units() {
    Map<String, String> units = new LinkedHashMap<>();
    units.put(" tok", "tokens");
    units.put(" step", "steps");
    return units;
  }

  private static SequencedMap<String, Function<GridColumn, DoubleStream>> ofColumns() {
    SequencedMap<String, Function<GridColumn, DoubleStream>> all = new LinkedHashMap<>();
    all.put("window in tokens", Quantities::windows);
    all.put("width", column -> model(column).mapToDouble(Architecture::width));
    all.put("layers", column -> model(column).mapToDouble(model -> model.layers().size()));
    all.put("sequence in tokens", column -> train(column, plan -> plan.recipe().sequence()));
    all.put("batch in tokens", column -> train(column, plan -> plan.recipe().batchTokens()));
    all.put("training in steps", column -> train(column, plan -> plan.recipe().steps()));
    all.put(
        "training in tokens",
        column -> train(column, plan -> plan.recipe().steps() * plan.recipe().batchTokens()));
    return all;
  }

  private static Stream<Architecture> model(GridColumn column) {
    return Optional.ofNullable(column.architecture()).stream();
  }

  private static DoubleStream train(GridColumn column, Function<TrainPlan, Number> of) {
    return column.trains().stream().limit(1).mapToDouble(plan -> of.apply(plan).doubleValue());
  }

  private static DoubleStream windows(GridColumn column) {
    DoubleStream tested = column.testWindows().values().stream().mapToDouble(Integer::intValue);
    DoubleStream trained =
        model(column)
            .flatMap(model -> model.windows().stream())
            .map(WindowVariable::schedule)
            .filter(WindowSchedule.Constant.class::isInstance)
            .mapToDouble(schedule -> ((WindowSchedule.Constant) schedule).window());
    return DoubleStream.concat(tested, trained);
  }

  /** Of an axis of columns, or null. */
  @Nullable String ofColumns(String axis) {
    SequencedMap<GridColumn, Double> numbers = new LinkedHashMap<>();
    List<String> values = new ArrayList<>();
    for (GridColumn column : grid.columns()) {
      String value = column.axes().get(axis);
      if (value != null) {
        values.add(value);
        number(value).ifPresent(number -> numbers.put(column, number));
      }
    }
    for (Map.Entry<String, Function<GridColumn, DoubleStream>> known : OF_COLUMNS.entrySet()) {
      boolean fits =
          numbers.entrySet().stream()
              .allMatch(entry ->
                  known.getValue().apply(entry.getKey()).anyMatch(v -> v == entry.getValue()));
      if (fits && !numbers.isEmpty()) {
        return known.getKey();
      }
    }
    return unit(values);
  }

  /** Of an axis of rows, or null. */
  @Nullable String ofRows(String axis) {
    List<String> values = new ArrayList<>();
    boolean lengths = true;
    for (GridRow row : grid.rows()) {
      String value = row.axes().get(axis);
      if (value != null) {
        values.add(value);
        Optional<Double> number = number(value);
        lengths &= number.isPresent() && hasLength(row.value(), number.get());
      }
    }
    return lengths && !values.isEmpty() ? "tokens of an example" : unit(values);
  }

  private static boolean hasLength(GridExpression value, double length) {
    return switch (value) {
      case GridExpression.Measured(GridMeasure.Score(Task task, long _, var _), var _) ->
          task.length() == length;
      case GridExpression.Negated(GridExpression operand) -> hasLength(operand, length);
      case GridExpression.Arithmetic(var _, GridExpression left, GridExpression right) ->
          hasLength(left, length) || hasLength(right, length);
      default -> false;
    };
  }

  private static Optional<Double> number(String value) {
    String digits = value;
    for (String unit : UNITS.keySet()) {
      digits =
          digits.endsWith(unit) ? digits.substring(0, digits.length() - unit.length()) : digits;
    }
    return digits.matches("[0-9]+(\\.[0-9]+)?")
        ? Optional.of(Double.valueOf(digits))
        : Optional.empty();
  }

  private static @Nullable String unit(List<String> values) {
    for (Map.Entry<String, String> unit : UNITS.entrySet()) {
      if (!values.isEmpty() && values.stream().allMatch(value -> value.endsWith(unit.getKey()))) {
        return unit.getValue();
      }
    }
    return null;
  }

  /** Of the values of a row, or null. */
  @Nullable String of(GridExpression value) {
    return switch (value) {
      case GridExpression.Measured(GridMeasure measure, String metric) -> of(measure, metric);
      case GridExpression.Fact(var kind) -> of(kind);
      case GridExpression.OfRow(int row) -> of(grid.rows().get(row).value());
      case GridExpression.At(int row, int _) -> of(grid.rows().get(row).value());
      case GridExpression.Fold(var _, List<GridExpression> parts) -> of(parts.getFirst());
      case GridExpression.OverSeeds(GridExpression.Statistic statistic, GridExpression of) ->
          statistic == GridExpression.Statistic.RATE ? "share of seeds" : of(of);
      case GridExpression.OverExamples(GridExpression of) -> of(of);
      case GridExpression.Arithmetic(var operator, GridExpression left, GridExpression right) ->
          of(operator, left, right);
      default -> null;
    };
  }

  private @Nullable String of(
      GridExpression.Operator operator, GridExpression left, GridExpression right) {
    if (operator == GridExpression.Operator.SUBTRACT) {
      String quantity = of(left);
      return quantity != null && quantity.equals(of(right)) ? quantity : null;
    }
    if (operator == GridExpression.Operator.MULTIPLY && isNumber(left, 100)) {
      return percent(of(right));
    }
    if (operator == GridExpression.Operator.MULTIPLY && isNumber(right, 100)) {
      return percent(of(left));
    }
    if (operator == GridExpression.Operator.DIVIDE
        && right instanceof GridExpression.Constant(double by)) {
      String quantity = of(left);
      return quantity == null ? null : "%s / %s".formatted(quantity, shortly(by));
    }
    return null;
  }

  private static @Nullable String percent(@Nullable String quantity) {
    return quantity == null ? null : quantity + " in %";
  }

  private static boolean isNumber(GridExpression value, double number) {
    return value instanceof GridExpression.Constant(double constant) && constant == number;
  }

  /** {@code 1e9} and {@code 1024} as they are written. */
  private static String shortly(double number) {
    double power = Math.rint(StrictMath.log10(number));
    return number >= 1e3 && StrictMath.pow(10, power) == number
        ? "1e" + (long) power
        : Long.toString(Math.round(number));
  }

  private static String of(GridExpression.FactKind kind) {
    return switch (kind) {
      case PARAMETERS -> "parameters";
      case FLOPS_PER_TOKEN -> "FLOPs per token";
      case STATE_BYTES -> "bytes of state";
      case RECEPTIVE_FIELD -> "tokens";
    };
  }

  private static String of(GridMeasure measure, @Nullable String metric) {
    return switch (measure) {
      case GridMeasure.Perplexity _ ->
          "loss".equals(metric)
              ? "nats per token"
              : "bits".equals(metric) ? "bits per byte" : "perplexity per token";
      case GridMeasure.Score(Task task, long _, var _) -> metric != null ? metric : first(task);
    };
  }

  private static String first(Task task) {
    return switch (task) {
      case PredictionTask _ -> "accuracy";
      case GenerationTask generation -> generation.metrics().getFirst();
      case ChoiceTask choice -> choice.normalized() ? "acc_norm" : "acc";
    };
  }
}
