package dev.swax.compiler.analyze;

import dev.swax.compiler.analyze.setting.SettingReach;
import dev.swax.compiler.diagnostic.Diagnostic;
import dev.swax.compiler.facts.Usage;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.DataPlan;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.model.grid.GridPlan;
import dev.swax.runtime.train.Optimizer;
import java.util.List;
import java.util.Optional;

/**
 * What a file means. What has an error is left out.
 *
 * @param models every model of the file that has layers and a default for each parameter
 * @param trains every train block
 * @param data every data block
 * @param grids every grid; of a file that declares none, those of its imports
 * @param reaches which blocks the settings of the command line reach, where not all do
 * @param untrained settings that change models as they are declared, but nothing that the file
 *     trains: where it is trained an error, of a profile a warning
 */
public record Analysis(
    List<Architecture> models,
    List<TrainPlan> trains,
    List<DataPlan> data,
    List<GridPlan> grids,
    List<SettingReach> reaches,
    List<Diagnostic> untrained) {
  public Analysis {
    models = List.copyOf(models);
    trains = List.copyOf(trains);
    data = List.copyOf(data);
    grids = List.copyOf(grids);
    reaches = List.copyOf(reaches);
    untrained = List.copyOf(untrained);
  }

  /** Of a file that means nothing. */
  public static Analysis empty() {
    return new Analysis(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
  }

  Analysis withSettings(List<SettingReach> reached, List<Diagnostic> settings) {
    return new Analysis(models, trains, data, grids, reached, settings);
  }

  /** Settings of the command line that reach none of the chosen blocks, {@code train small}. */
  public List<Diagnostic> missing(List<String> blocks) {
    return reaches.stream()
        .filter(reach -> blocks.stream().noneMatch(reach.blocks()::contains))
        .map(reach -> reach.missing(blocks.getFirst()))
        .toList();
  }

  public Optional<Architecture> findModel(String name) {
    return models.stream().filter(model -> model.name().equals(name)).findFirst();
  }

  /**
   * How a model of the file is used: as the train block that names it has it, else as the first
   * train block has it.
   */
  public Usage usage(Architecture model) {
    return findTraining(model).map(Usage::of).orElseGet(Usage::unstated);
  }

  /** The train block that names a model, else the first of the file. */
  public Optional<TrainPlan> findTraining(Architecture model) {
    return trains.stream()
        .filter(train -> train.architecture() != null && train.architecture().equals(model))
        .findFirst()
        .or(() -> trains.stream().findFirst());
  }

  /** What makes the steps of a model, as the first train block that trains it has it. */
  public Optional<Optimizer> findOptimizer(Architecture model) {
    return trains.stream()
        .filter(train ->
            train.architecture() != null && train.architecture().name().equals(model.name()))
        .map(train -> train.recipe().optimizer())
        .findFirst();
  }

  public Optional<GridPlan> findGrid(String name) {
    return grids.stream().filter(grid -> grid.name().equals(name)).findFirst();
  }

  public Optional<TrainPlan> findTrain(String name) {
    return trains.stream().filter(train -> train.name().equals(name)).findFirst();
  }
}
