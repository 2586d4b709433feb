package dev.swax.grid.assemble;

import dev.swax.compiler.model.grid.GridExpression;
import dev.swax.compiler.model.grid.GridPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values example by example. All models are asked the same examples, so those of two columns are
 * pairs.
 */
final class Examples {
  private final GridPlan grid;
  private final Amounts amounts;

  Examples(GridPlan grid, Amounts amounts) {
    this.grid = grid;
    this.amounts = amounts;
  }

  /** The mean over the examples, each averaged over the seeds. */
  Amount mean(GridExpression value, int column) {
    Amount whole = amounts.meanOverSeeds(value, column);
    if (!(whole instanceof Amount.Known)) {
      return whole;
    }
    int seeds = Math.max(1, grid.seeds().size());
    List<List<Double>> ofSeeds = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      List<Double> own = of(value, column, seed).orElse(null);
      if (own == null || (!ofSeeds.isEmpty() && own.size() != ofSeeds.getFirst().size())) {
        return new Amount.NotApplicable("not all that it is made of has a value for each example");
      }
      ofSeeds.add(own);
    }
    List<Double> averages = averages(ofSeeds);
    return averages.stream().allMatch(Double::isFinite)
        ? Statistics.overExamples(averages)
        : new Amount.NotApplicable("an example has no finite value");
  }

  private static List<Double> averages(List<List<Double>> ofSeeds) {
    List<Double> averages = new ArrayList<>();
    for (int i = 0; i < ofSeeds.getFirst().size(); i++) {
      double sum = 0;
      for (List<Double> seed : ofSeeds) {
        sum += seed.get(i);
      }
      averages.add(sum / ofSeeds.size());
    }
    return averages;
  }

  /** One value for each example; a number is a list of one. Empty where there are none. */
  private Optional<List<Double>> of(GridExpression value, int column, int seed) {
    Choices.Taken taken = amounts.choices().taken(column);
    return switch (value) {
      case GridExpression.Constant(double number) -> Optional.of(List.of(number));
      case GridExpression.Measured measured -> amounts.examples(measured, taken.column(), seed);
      case GridExpression.OfRow(int row) -> of(grid.rows().get(row).value(), column, seed);
      case GridExpression.At(int row, int other) -> of(grid.rows().get(row).value(), other, seed);
      case GridExpression.Fold(var aggregate, List<GridExpression> parts) ->
          folded(aggregate, parts, column, seed);
      case GridExpression.Negated(GridExpression operand) ->
          combined(GridExpression.Operator.SUBTRACT, List.of(0.0), at(operand, column, seed));
      case GridExpression.Arithmetic(var operator, GridExpression left, GridExpression right) ->
          combined(operator, at(left, column, seed), at(right, column, seed));
      default -> Optional.empty();
    };
  }

  /** Sums and means; the least of several rows is not the mean over what is least in an example. */
  private Optional<List<Double>> folded(
      GridExpression.Aggregate aggregate, List<GridExpression> parts, int column, int seed) {
    boolean mean = aggregate == GridExpression.Aggregate.MEAN;
    if (!mean && aggregate != GridExpression.Aggregate.SUM) {
      return Optional.empty();
    }
    Optional<List<Double>> sum = Optional.of(List.of(0.0));
    for (GridExpression part : parts) {
      sum = combined(GridExpression.Operator.ADD, sum.orElse(null), at(part, column, seed));
    }
    return mean
        ? combined(GridExpression.Operator.DIVIDE, sum.orElse(null), List.of((double) parts.size()))
        : sum;
  }

  private @Nullable List<Double> at(GridExpression value, int column, int seed) {
    return of(value, column, seed).orElse(null);
  }

  private static Optional<List<Double>> combined(
      GridExpression.Operator operator, @Nullable List<Double> left, @Nullable List<Double> right) {
    if (left == null || right == null) {
      return Optional.empty();
    }
    int size = Math.max(left.size(), right.size());
    List<Double> a = spread(left, size);
    List<Double> b = spread(right, size);
    if (a.size() != b.size()) {
      return Optional.empty();
    }
    List<Double> combined = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      combined.add(Arithmetic.value(operator, a.get(i), b.get(i)));
    }
    return Optional.of(combined);
  }

  private static List<Double> spread(List<Double> values, int size) {
    return values.size() == 1 ? Collections.nCopies(size, values.getFirst()) : values;
  }
}
