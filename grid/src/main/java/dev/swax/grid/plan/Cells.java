package dev.swax.grid.plan;

import java.util.List;
import java.util.Optional;

/** The cells of one grid or of several, which one runner computes into one folder. */
public sealed interface Cells permits GridCells, GridSet {
  /** What messages call it. */
  String name();

  /** The grids, in the order of the file. */
  List<GridCells> grids();

  /** Every cell once, training first. */
  List<Cell> all();

  /** The cell of that name. */
  default Optional<Cell> find(String id) {
    return all().stream().filter(cell -> cell.id().equals(id)).findFirst();
  }

  /** The first grid that needs the cell, whose column and row it names. */
  default GridCells holder(Cell cell) {
    return grids().stream()
        .filter(grid -> grid.all().contains(cell))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(cell.title() + " is of no grid"));
  }
}
