package dev.swax.grid.assemble;

import dev.swax.compiler.model.grid.GridExpression;
import dev.swax.compiler.model.grid.GridParts;
import dev.swax.compiler.model.grid.GridPlan;
import dev.swax.compiler.model.grid.GridRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * Computes rows that are made of other rows again from what is printed for those. Where the printed
 * result cannot come out, however the parts were rounded, one of the printed numbers is wrong; a
 * single other digit that repairs it and brings its number nearer to the others of its row is
 * named.
 */
final class DerivedRows {
  private final GridPlan grid;
  private final ReferenceTable reference;

  DerivedRows(GridPlan grid, ReferenceTable reference) {
    this.grid = grid;
    this.reference = reference;
  }

  /** A printed number read otherwise. */
  private record Repair(int row, Printed from, Printed to, double nearer) {}

  List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (GridRow row : grid.rows()) {
      if (Comparison.isDerived(row)) {
        for (int column = 0; column < grid.columns().size(); column++) {
          check(row, column).ifPresent(notes::add);
        }
      }
    }
    return notes;
  }

  private Optional<String> check(GridRow row, int column) {
    Optional<Printed> result = printed(row, column);
    Optional<Interval> computed = compute(row.value(), column, -1, Interval.of(0));
    if (result.isEmpty() || computed.isEmpty() || computed.get().meets(result.get().interval())) {
      return Optional.empty();
    }
    String what =
        "%s of %s: printed is %s, but its parts as printed give %s"
            .formatted(
                row.label(),
                grid.columns().get(column).label(),
                result.get().text(),
                Comparison.shown(computed.get().middle(), result.get()));
    return Optional.of(
        repair(row, column, result.get())
            .map(r ->
                "%s; %s printed as %s would be %s: it repairs this and is nearer to its row."
                    .formatted(
                        what, grid.rows().get(r.row()).label(), r.from().text(), r.to().text()))
            .orElse(what + "; no single digit repairs it."));
  }

  /** The change of one digit of one part that lets the printed result come out. */
  private Optional<Repair> repair(GridRow row, int column, Printed result) {
    List<Repair> repairs = new ArrayList<>();
    for (int part : leaves(row.value())) {
      Printed from = printed(grid.rows().get(part), column).orElseThrow();
      for (Printed to : from.slips()) {
        boolean fits =
            compute(row.value(), column, part, to.interval())
                .filter(result.interval()::meets)
                .isPresent();
        double nearer = distance(part, column, from) - distance(part, column, to);
        if (fits && nearer > 0) {
          repairs.add(new Repair(part, from, to, nearer));
        }
      }
    }
    return repairs.stream().max(Comparator.comparingDouble(Repair::nearer));
  }

  /** From a value to the nearest one that another column has printed in that row. */
  private double distance(int row, int column, Printed value) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int other = 0; other < grid.columns().size(); other++) {
      if (other != column) {
        double distance =
            printed(grid.rows().get(row), other)
                .map(p -> Math.abs(p.value() - value.value()))
                .orElse(Double.POSITIVE_INFINITY);
        nearest = Math.min(nearest, distance);
      }
    }
    return nearest;
  }

  private Optional<Printed> printed(GridRow row, int column) {
    return reference.find(row.label(), grid.columns().get(column).label());
  }

  /** The rows with printed values that an expression is made of in the end. */
  private SequencedSet<Integer> leaves(GridExpression value) {
    SequencedSet<Integer> leaves = new LinkedHashSet<>();
    switch (value) {
      case GridExpression.OfRow(int row) -> leaves.add(row);
      case GridExpression.At(int row, int _) -> leaves.add(row);
      default -> GridParts.of(value).forEach(part -> leaves.addAll(leaves(part)));
    }
    return leaves;
  }

  /**
   * The value from printed parts, row {@code instead} read as {@code value}; empty where a part is
   * not printed.
   */
  private Optional<Interval> compute(
      GridExpression expression, int column, int instead, Interval value) {
    return switch (expression) {
      case GridExpression.Constant(double constant) -> Optional.of(Interval.of(constant));
      case GridExpression.At(int row, int other) ->
          printed(grid.rows().get(row), other).map(Printed::interval);
      case GridExpression.OfRow(int row) ->
          row == instead
              ? Optional.of(value)
              : printed(grid.rows().get(row), column).map(Printed::interval);
      case GridExpression.Fold(var aggregate, List<GridExpression> parts) -> {
        List<Interval> intervals = new ArrayList<>();
        for (GridExpression part : parts) {
          compute(part, column, instead, value).ifPresent(intervals::add);
        }
        yield intervals.size() < parts.size()
            ? Optional.empty()
            : Optional.of(Interval.fold(aggregate, intervals));
      }
      case GridExpression.Negated(GridExpression operand) ->
          compute(operand, column, instead, value).map(Interval::negated);
      case GridExpression.Arithmetic(var operator, GridExpression left, GridExpression right) -> {
        Optional<Interval> a = compute(left, column, instead, value);
        Optional<Interval> b = compute(right, column, instead, value);
        yield a.isEmpty() || b.isEmpty()
            ? Optional.empty()
            : Optional.of(
                switch (operator) {
                  case ADD -> a.get().plus(b.get());
                  case SUBTRACT -> a.get().plus(b.get().negated());
                  case MULTIPLY -> a.get().times(b.get());
                  case DIVIDE -> a.get().over(b.get());
                });
      }
      case GridExpression.Fact _,
          GridExpression.Measured _,
          GridExpression.Holds _,
          GridExpression.OverSeeds _,
          GridExpression.OverExamples _,
          GridExpression.Known _,
          GridExpression.Unmeasured _ ->
          Optional.empty();
    };
  }
}
