package dev.swax.grid.plan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** Several grids that share cells: a model that two of them train alike is trained once. */
public record GridSet(String name, List<GridCells> grids) implements Cells {
  public GridSet {
    grids = List.copyOf(grids);
  }

  @Override
  public List<Cell> all() {
    SequencedSet<Cell> all = new LinkedHashSet<>();
    grids.forEach(grid -> all.addAll(grid.trainings()));
    grids.forEach(grid -> all.addAll(grid.evaluations()));
    return List.copyOf(all);
  }
}
