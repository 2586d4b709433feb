package dev.swax.compiler.facts;

import dev.swax.compiler.model.cell.Cell;
import dev.swax.compiler.model.cell.CellExpression;
import dev.swax.compiler.model.cell.Recurrence;
import java.util.LinkedHashSet;
import java.util.Set;

/** Sizes of a cell at one place of use. */
final class CellSize {
  private CellSize() {}

  /** Weights of its matrices: operations are counted by them. */
  static long matrices(Cell cell) {
    long sum = 0;
    for (CellExpression expression : expressions(cell)) {
      if (expression instanceof CellExpression.Linear linear) {
        sum += linear.inputs() * columns(cell, linear.size(), linear.toWidth());
      } else if (expression instanceof CellExpression.LowRank lowRank) {
        long columns = columns(cell, lowRank.size(), lowRank.toWidth());
        sum += lowRank.rank() * (lowRank.inputs() + columns);
      }
    }
    return sum;
  }

  /** Biases and norm weights. */
  static long vectors(Cell cell) {
    long sum = 0;
    for (CellExpression expression : expressions(cell)) {
      if (expression instanceof CellExpression.Linear linear && linear.bias() != null) {
        sum += columns(cell, linear.size(), linear.toWidth());
      } else if (expression instanceof CellExpression.LowRank lowRank && lowRank.bias() != null) {
        sum += columns(cell, lowRank.size(), lowRank.toWidth());
      } else if (expression instanceof CellExpression.HeadNorm norm) {
        sum += (long) cell.heads() * norm.size();
      }
    }
    return sum;
  }

  /** Operations of one token in its states. */
  static long stateOperations(Cell cell) {
    return switch (cell.recurrence()) {
      case Recurrence.Trained trained -> trained.shape().stateOperations();
      case Recurrence.Untrained untrained -> untrained.operations();
    };
  }

  /** Numbers that one sequence keeps. */
  static long state(Cell cell) {
    return switch (cell.recurrence()) {
      case Recurrence.Trained trained -> trained.shape().stateNumbers();
      case Recurrence.Untrained untrained -> cell.heads() * untrained.size();
    };
  }

  private static long columns(Cell cell, int size, boolean toWidth) {
    return toWidth ? cell.width() : (long) cell.heads() * size;
  }

  /** Every expression of the cell, each once. */
  private static Set<CellExpression> expressions(Cell cell) {
    Set<CellExpression> all = new LinkedHashSet<>();
    cell.definitions().forEach(definition -> collect(definition.value(), all));
    switch (cell.recurrence()) {
      case Recurrence.Trained trained ->
          trained.operands().values().forEach(operand -> collect(operand, all));
      case Recurrence.Untrained untrained ->
          untrained.expressions().forEach(expression -> collect(expression, all));
    }
    collect(cell.output(), all);
    return all;
  }

  private static void collect(CellExpression expression, Set<CellExpression> all) {
    all.add(expression);
    expression.operands().forEach(operand -> collect(operand, all));
  }
}
