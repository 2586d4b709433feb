package dev.swax.grid.assemble;

import dev.swax.compiler.facts.FlopCount;
import dev.swax.compiler.facts.ParameterCount;
import dev.swax.compiler.facts.ReceptiveField;
import dev.swax.compiler.facts.StateSize;
import dev.swax.compiler.facts.Usage;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.grid.GridColumn;
import dev.swax.compiler.model.grid.GridExpression;
import dev.swax.compiler.model.grid.GridParts;
import dev.swax.compiler.model.grid.GridPlan;
import dev.swax.grid.plan.Cell;
import dev.swax.grid.plan.GridCells;
import dev.swax.grid.result.Range;
import dev.swax.grid.store.CellFolder;
import dev.swax.grid.store.GridFolder;
import dev.swax.grid.store.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Evaluates the rows of a grid with what is known of its columns. */
final class Amounts {
  private static final String NO_MODEL = "the grid has no model for this column";

  private final GridPlan grid;
  private final GridCells cells;
  private final GridFolder folder;
  private final Choices choices;

  Amounts(GridCells cells, GridFolder folder) {
    this.grid = cells.grid();
    this.cells = cells;
    this.folder = folder;
    this.choices = new Choices(grid, this);
  }

  /** The value of an expression; columns and seeds are numbered from 0. */
  Amount of(GridExpression expression, int column, int seed) {
    Choices.Taken taken = choices.taken(column);
    Amount lacking = taken.lacking();
    return lacking == null || isFixed(expression)
        ? computed(expression, taken.column(), seed)
        : lacking;
  }

  /** Whether it is the same in every column. */
  private static boolean isFixed(GridExpression expression) {
    return expression instanceof GridExpression.Constant || expression instanceof GridExpression.At;
  }

  private Amount computed(GridExpression expression, int column, int seed) {
    return switch (expression) {
      case GridExpression.Constant(double value) -> Amount.Known.exact(value);
      case GridExpression.Fact(var kind) -> fact(kind, grid.columns().get(column));
      case GridExpression.Measured measured -> measured(measured, column, seed);
      case GridExpression.OfRow(int row) -> of(grid.rows().get(row).value(), column, seed);
      case GridExpression.At(int row, int other) -> of(grid.rows().get(row).value(), other, seed);
      case GridExpression.Fold(var aggregate, List<GridExpression> parts) ->
          Arithmetic.fold(aggregate, parts.stream().map(part -> of(part, column, seed)).toList());
      case GridExpression.OverSeeds(var statistic, GridExpression value) ->
          Statistics.overSeeds(statistic, seeds(value, column));
      case GridExpression.OverExamples(GridExpression value) ->
          new Examples(grid, this).mean(value, column);
      case GridExpression.Known(var end, GridExpression of) -> end(end, of(of, column, seed));
      case GridExpression.Holds(GridExpression left, var relation, GridExpression right) ->
          holds(relation, of(left, column, seed), of(right, column, seed));
      case GridExpression.Negated(GridExpression operand) ->
          Arithmetic.negated(of(operand, column, seed));
      case GridExpression.Arithmetic(var operator, GridExpression left, GridExpression right) ->
          Arithmetic.binary(operator, of(left, column, seed), of(right, column, seed));
      case GridExpression.Unmeasured _ -> new Amount.Missing("nothing here measures it");
    };
  }

  /** The value of each seed. */
  private List<Amount> seeds(GridExpression value, int column) {
    int seeds = Math.max(1, grid.seeds().size());
    return IntStream.range(0, seeds).mapToObj(seed -> of(value, column, seed)).toList();
  }

  private static Amount holds(GridExpression.Relation relation, Amount left, Amount right) {
    if (!(left instanceof Amount.Known a) || !(right instanceof Amount.Known b)) {
      return Amount.worse(left, right);
    }
    return Double.isNaN(a.value()) || Double.isNaN(b.value())
        ? new Amount.NotApplicable("a seed has no number to compare")
        : new Amount.Known(relation.holds(a.value(), b.value()) ? 1 : 0, Double.NaN, a.samples());
  }

  private static Amount end(GridExpression.End end, Amount of) {
    if (!(of instanceof Amount.Known known) || known.range() == null) {
      return of;
    }
    Range range = known.range();
    return Amount.Known.exact(
        switch (end) {
          case LOW -> range.low();
          case HIGH -> range.high();
          case P -> range.p();
        });
  }

  /**
   * The mean over the seeds, or the first seed that has no value; as it is where none has its own.
   */
  Amount meanOverSeeds(GridExpression value, int column) {
    if (!isTrained(value)) {
      return of(value, column, 0);
    }
    List<Amount.Known> known = new ArrayList<>();
    for (Amount amount : seeds(value, column)) {
      if (!(amount instanceof Amount.Known one)) {
        return amount;
      }
      known.add(one);
    }
    return Amount.Known.exact(Amount.Known.mean(known));
  }

  /** Whether each training gives a value of its own. */
  boolean isTrained(GridExpression expression) {
    return switch (expression) {
      case GridExpression.Measured _ -> true;
      case GridExpression.At(int row, int _) -> isTrained(grid.rows().get(row).value());
      case GridExpression.OfRow(int row) -> isTrained(grid.rows().get(row).value());
      case GridExpression.OverSeeds _, GridExpression.OverExamples _, GridExpression.Known _ ->
          false;
      default -> GridParts.of(expression).stream().anyMatch(this::isTrained);
    };
  }

  private static Amount fact(GridExpression.FactKind kind, GridColumn column) {
    if (column.architecture() == null) {
      return new Amount.Missing(NO_MODEL);
    }
    Architecture model = column.tested() ? column.measured() : column.model();
    Usage usage =
        column.trains().isEmpty() ? Usage.unstated() : Usage.of(column.trains().getFirst());
    return switch (kind) {
      case PARAMETERS -> Amount.Known.exact(ParameterCount.of(model).total());
      case FLOPS_PER_TOKEN -> Amount.Known.exact(new FlopCount(model).perToken(usage));
      case STATE_BYTES -> Amount.Known.exact(StateSize.bytes(model, usage.sequence()));
      case RECEPTIVE_FIELD -> {
        OptionalLong field = ReceptiveField.of(model);
        yield field.isPresent()
            ? Amount.Known.exact(field.getAsLong())
            : new Amount.NotApplicable("every earlier token reaches an output");
      }
    };
  }

  private Amount measured(GridExpression.Measured measured, int column, int seed) {
    Cell.Evaluation cell =
        cells.places().get(new GridCells.Place(column, seed, measured.measure()));
    if (cell == null) {
      GridColumn own = grid.columns().get(column);
      if (own.architecture() == null) {
        return new Amount.Missing(NO_MODEL);
      }
      return own.obstacle(measured.measure().cut())
          .<Amount>map(Amount.NotApplicable::new)
          .orElseGet(() -> new Amount.Missing(null));
    }
    Optional<Outcome> outcome = place(cell).findOutcome();
    if (outcome.isEmpty()) {
      Optional<String> damage = place(cell).findDamage();
      if (damage.isPresent()) {
        return new Amount.Missing("its " + damage.get());
      }
      return reason(cell)
          .<Amount>map(Amount.Failed::new)
          .orElseGet(() -> new Amount.Missing(cell.obstacle()));
    }
    String metric = measured.metric() == null ? "" : measured.metric();
    return outcome
        .get()
        .find(metric)
        .<Amount>map(m -> new Amount.Known(m.value(), m.standardError(), m.count()))
        .orElseGet(() ->
            new Amount.NotApplicable(
                "%s has no `%s`, only %s"
                    .formatted(
                        cell.what(), metric, String.join(", ", outcome.get().metrics().keySet()))));
  }

  /** Why a cell has no result, where it was tried. */
  private Optional<String> reason(Cell.Evaluation cell) {
    return failure(cell)
        .or(() -> failure(cell.training()).map(why -> "its training failed: " + why));
  }

  private Optional<String> failure(Cell cell) {
    return place(cell)
        .findFailure()
        .map(failure -> failure.message().lines().findFirst().orElse("no reason is known"));
  }

  private CellFolder place(Cell cell) {
    return folder.cell(cell.id());
  }

  /** The value of each example of a measure; empty where the result does not say. */
  Optional<List<Double>> examples(GridExpression.Measured measured, int column, int seed) {
    Cell.Evaluation cell =
        cells.places().get(new GridCells.Place(column, seed, measured.measure()));
    String metric = measured.metric() == null ? "" : measured.metric();
    return Optional.ofNullable(cell)
        .flatMap(known -> place(known).findOutcome())
        .flatMap(outcome -> outcome.find(metric))
        .map(Outcome.Metric::examples)
        .filter(values -> !values.isEmpty());
  }

  /** Which columns the columns that choose have taken. */
  Choices choices() {
    return choices;
  }
}
