package dev.swax.compiler.analyze;

import dev.swax.compiler.facts.Usage;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.DataPlan;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.model.grid.GridPlan;
import java.util.List;
import java.util.Optional;

/**
 * What a file means. What has an error is left out.
 *
 * @param models every model of the file that has layers and a default for each parameter
 * @param trains every train block
 * @param data every data block
 * @param grids every grid
 */
public record Analysis(
    List<Architecture> models, List<TrainPlan> trains, List<DataPlan> data, List<GridPlan> grids) {
  public Analysis {
    models = List.copyOf(models);
    trains = List.copyOf(trains);
    data = List.copyOf(data);
    grids = List.copyOf(grids);
  }

  public Optional<Architecture> findModel(String name) {
    return models.stream().filter(model -> model.name().equals(name)).findFirst();
  }

  /**
   * How a model of the file is used: as the train block that names it has it, else as the first
   * train block has it.
   */
  public Usage usage(Architecture model) {
    return trains.stream()
        .filter(train -> train.architecture() != null && train.architecture().equals(model))
        .findFirst()
        .or(() -> trains.stream().findFirst())
        .map(Usage::of)
        .orElseGet(Usage::unstated);
  }

  public Optional<GridPlan> findGrid(String name) {
    return grids.stream().filter(grid -> grid.name().equals(name)).findFirst();
  }

  public Optional<TrainPlan> findTrain(String name) {
    return trains.stream().filter(train -> train.name().equals(name)).findFirst();
  }
}
