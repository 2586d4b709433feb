package dev.swax.grid.plan;

import dev.swax.compiler.model.grid.GridMeasure;
import dev.swax.compiler.model.grid.GridPlan;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * The cells of a grid, each once, training before what measures it.
 *
 * @param places which cell stands behind a place of the table
 */
public record GridCells(
    GridPlan grid,
    List<Cell.Training> trainings,
    List<Cell.Evaluation> evaluations,
    SequencedMap<Place, Cell.Evaluation> places,
    List<List<Cell.Training>> columns)
    implements Cells {

  /** One measure of one column with one seed, both numbered from 0. */
  public record Place(int column, int seed, GridMeasure measure) {}

  public GridCells {
    trainings = List.copyOf(trainings);
    evaluations = List.copyOf(evaluations);
    places = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(places));
    columns = columns.stream().map(List::copyOf).toList();
  }

  @Override
  public String name() {
    return grid.name();
  }

  @Override
  public List<GridCells> grids() {
    return List.of(this);
  }

  @Override
  public List<Cell> all() {
    return Stream.<Cell>concat(trainings.stream(), evaluations.stream()).toList();
  }
}
