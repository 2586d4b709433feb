package dev.swax.grid.assemble;

import dev.swax.compiler.facts.FlopCount;
import dev.swax.compiler.facts.ParameterCount;
import dev.swax.compiler.facts.ReceptiveField;
import dev.swax.compiler.facts.StateSize;
import dev.swax.compiler.facts.Usage;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.grid.GridColumn;
import dev.swax.compiler.model.grid.GridExpression;
import dev.swax.compiler.model.grid.GridPlan;
import dev.swax.grid.plan.Cell;
import dev.swax.grid.plan.GridCells;
import dev.swax.grid.store.CellFolder;
import dev.swax.grid.store.GridFolder;
import dev.swax.grid.store.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Evaluates the rows of a grid with what is known of its columns. */
final class Amounts {
  private static final String NO_MODEL = "the grid has no model for this column";

  private final GridPlan grid;
  private final GridCells cells;
  private final GridFolder folder;

  Amounts(GridCells cells, GridFolder folder) {
    this.grid = cells.grid();
    this.cells = cells;
    this.folder = folder;
  }

  /** The value of an expression; columns and seeds are numbered from 0. */
  Amount of(GridExpression expression, int column, int seed) {
    return switch (expression) {
      case GridExpression.Constant(double value) -> Amount.Known.exact(value);
      case GridExpression.Fact(var kind) -> fact(kind, grid.columns().get(column));
      case GridExpression.Measured measured -> measured(measured, column, seed);
      case GridExpression.OfRow(int row) -> of(grid.rows().get(row).value(), column, seed);
      case GridExpression.At(int row, int other) -> of(grid.rows().get(row).value(), other, seed);
      case GridExpression.Mean(List<Integer> rows) ->
          mean(rows.stream().map(r -> of(grid.rows().get(r).value(), column, seed)).toList());
      case GridExpression.Negated(GridExpression operand) ->
          of(operand, column, seed) instanceof Amount.Known(double value, double error, long n)
              ? new Amount.Known(-value, error, n)
              : of(operand, column, seed);
      case GridExpression.Arithmetic(var operator, GridExpression left, GridExpression right) ->
          arithmetic(operator, of(left, column, seed), of(right, column, seed));
      case GridExpression.Unmeasured _ -> new Amount.Missing("nothing here measures it");
    };
  }

  /** Whether training decides the value. */
  boolean isTrained(GridExpression expression) {
    return switch (expression) {
      case GridExpression.Measured _ -> true;
      case GridExpression.At(int row, int _) -> isTrained(grid.rows().get(row).value());
      case GridExpression.OfRow(int row) -> isTrained(grid.rows().get(row).value());
      case GridExpression.Mean(List<Integer> rows) ->
          rows.stream().anyMatch(row -> isTrained(grid.rows().get(row).value()));
      case GridExpression.Negated(GridExpression operand) -> isTrained(operand);
      case GridExpression.Arithmetic(var _, GridExpression left, GridExpression right) ->
          isTrained(left) || isTrained(right);
      case GridExpression.Constant _, GridExpression.Fact _, GridExpression.Unmeasured _ -> false;
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
      return new Amount.Missing(
          grid.columns().get(column).architecture() == null ? NO_MODEL : null);
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

  /** Errors of different rows are those of different examples: their squares add. */
  private static Amount mean(List<Amount> parts) {
    Amount sum = parts.getFirst();
    for (Amount part : parts.subList(1, parts.size())) {
      sum = arithmetic(GridExpression.Operator.ADD, sum, part);
    }
    return arithmetic(GridExpression.Operator.DIVIDE, sum, Amount.Known.exact(parts.size()));
  }

  private static Amount arithmetic(GridExpression.Operator operator, Amount left, Amount right) {
    if (!(left instanceof Amount.Known a) || !(right instanceof Amount.Known b)) {
      return left.severity() >= right.severity() ? left : right;
    }
    double x = a.value();
    double y = b.value();
    double value =
        switch (operator) {
          case ADD -> x + y;
          case SUBTRACT -> x - y;
          case MULTIPLY -> x * y;
          case DIVIDE -> x / y;
        };
    double error =
        switch (operator) {
          case ADD, SUBTRACT -> Math.hypot(a.error(), b.error());
          case MULTIPLY -> Math.hypot(a.error() * y, b.error() * x);
          case DIVIDE -> Math.hypot(a.error() / y, b.error() * x / (y * y));
        };
    boolean divided = Double.isFinite(x) && Double.isFinite(y) && !Double.isFinite(value);
    return divided
        ? new Amount.NotApplicable("it divides by zero")
        : new Amount.Known(value, error, fewest(a.samples(), b.samples()));
  }

  private static long fewest(long a, long b) {
    return a == 0 || b == 0 ? Math.max(a, b) : Math.min(a, b);
  }
}
