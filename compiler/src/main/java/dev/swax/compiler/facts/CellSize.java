package dev.swax.compiler.facts;

import dev.swax.compiler.model.cell.Cell;

/** Sizes of a cell at one place of use. */
final class CellSize {
  private CellSize() {}

  /** Operations of one token in its states. */
  static long stateOperations(Cell cell) {
    long scans = cell.scans().stream().mapToLong(scan -> scan.shape().stateOperations()).sum();
    return scans + cell.recurrence().shape().stateOperations();
  }

  /** Numbers that one sequence keeps, the last tokens of convolutions among them. */
  static long state(Cell cell) {
    long last = cell.convolutions().stream().mapToLong(conv -> conv.shape().stateNumbers()).sum();
    long scans = cell.scans().stream().mapToLong(scan -> scan.shape().stateNumbers()).sum();
    return last + scans + cell.recurrence().shape().stateNumbers();
  }
}
