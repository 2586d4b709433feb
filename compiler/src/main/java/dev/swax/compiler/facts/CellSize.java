package dev.swax.compiler.facts;

import dev.swax.compiler.model.cell.Cell;
import dev.swax.compiler.model.cell.Recurrence;

/** Sizes of a cell at one place of use. */
final class CellSize {
  private CellSize() {}

  /** Operations of one token in its states. */
  static long stateOperations(Cell cell) {
    return switch (cell.recurrence()) {
      case Recurrence.Trained trained -> trained.shape().stateOperations();
    };
  }

  /** Numbers that one sequence keeps, the last tokens of convolutions among them. */
  static long state(Cell cell) {
    long last = cell.convolutions().stream().mapToLong(conv -> conv.shape().stateNumbers()).sum();
    return last + recurrent(cell);
  }

  private static long recurrent(Cell cell) {
    return switch (cell.recurrence()) {
      case Recurrence.Trained trained -> trained.shape().stateNumbers();
    };
  }
}
