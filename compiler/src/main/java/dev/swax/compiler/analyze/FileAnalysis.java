package dev.swax.compiler.analyze;

import dev.swax.compiler.analyze.data.DataBlocks;
import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Lazy;
import dev.swax.compiler.analyze.evaluate.Module;
import dev.swax.compiler.analyze.evaluate.Progress;
import dev.swax.compiler.analyze.evaluate.Value;
import dev.swax.compiler.analyze.grid.GridBlocks;
import dev.swax.compiler.analyze.model.Architectures;
import dev.swax.compiler.analyze.model.Placements;
import dev.swax.compiler.analyze.name.NameChecks;
import dev.swax.compiler.analyze.train.Trains;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.DataPlan;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.model.grid.GridPlan;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Works out every declaration of a file whose names are declared. */
final class FileAnalysis {
  private final Module module;
  private final Predicate<Declaration> wanted;
  private final Evaluator evaluator;
  private final Architectures architectures;
  private final Trains trains;
  private final DataBlocks dataBlocks;
  private final GridBlocks gridBlocks;
  private final NameChecks names;

  private final List<Architecture> models = new ArrayList<>();
  private final List<TrainPlan> plans = new ArrayList<>();
  private final List<DataPlan> data = new ArrayList<>();
  private final List<GridPlan> grids = new ArrayList<>();

  /** {@code wanted}: what is worked out although no other declaration asks for it. */
  FileAnalysis(
      Module module,
      Predicate<Declaration> wanted,
      Evaluator evaluator,
      Architectures architectures,
      Trains trains,
      DataBlocks dataBlocks,
      GridBlocks gridBlocks) {
    this.module = module;
    this.wanted = wanted;
    this.evaluator = evaluator;
    this.architectures = architectures;
    this.trains = trains;
    this.dataBlocks = dataBlocks;
    this.gridBlocks = gridBlocks;
    this.names = new NameChecks(evaluator);
  }

  /** Everything in the order of the file; then what looks at the whole of it. */
  Analysis run(Placements placements) {
    module.file().declarations().stream()
        .filter(wanted)
        .forEach(d -> noting(d, () -> declaration(d)));
    gathered();
    Expectations expectations = new Expectations(evaluator, module);
    for (Declaration declaration : module.file().declarations()) {
      switch (declaration) {
        case Declaration.Part part -> noting(part, () -> placements.checkUnused(part, module));
        case Declaration.Expect expect -> noting(expect, () -> expectations.check(expect));
        default -> {}
      }
    }
    plans.stream().map(TrainPlan::architecture).forEach(this::addTrained);
    return new Analysis(models, plans, data, grids, List.of(), List.of());
  }

  /** The grids of the imports, where the file has none. */
  private void gathered() {
    var gathered = new GatheredGrids(module);
    gathered.requireDistinct(evaluator);
    gathered
        .all()
        .forEach(
            (grid, file) -> noting(grid, () -> gridBlocks.plan(grid, file).ifPresent(grids::add)));
  }

  /** Works something out and notes the settings that it rests on. */
  private void noting(Declaration declaration, Runnable work) {
    Progress progress = evaluator.progress();
    progress.enter(new Lazy(declaration.name().text(), () -> Value.UNKNOWN));
    try {
      work.run();
    } finally {
      evaluator.settingUse().note(declaration, progress.leave().settings());
    }
  }

  private void declaration(Declaration declaration) {
    switch (declaration) {
      case Declaration.Let let -> evaluator.lookUp(let.name(), module);
      case Declaration.Window window -> {
        evaluator.lookUp(window.name(), module);
        names.check(window, module);
      }
      case Declaration.Model model -> model(model).ifPresent(models::add);
      case Declaration.Data block ->
          dataBlocks.plan(new Value.Data(block, module)).ifPresent(data::add);
      case Declaration.Train train -> train(train).ifPresent(plans::add);
      case Declaration.Grid grid -> gridBlocks.plan(grid, module).ifPresent(grids::add);
      case Declaration.Part _, Declaration.Profile _, Declaration.Expect _ -> {}
    }
  }

  /** The model with its defaults; empty too where it is only a start for others. */
  private Optional<Architecture> model(Declaration.Model declaration) {
    Span place = declaration.name().span();
    if (!(evaluator.lookUp(declaration.name(), module) instanceof Value.Model model)) {
      return Optional.empty();
    }
    if (declaration.parameters().stream().anyMatch(p -> p.defaultValue() == null)) {
      names.check(declaration, module);
      return Optional.empty();
    }
    if (architectures.isComplete(model, place)) {
      return architectures.build(declaration.name().text(), model, place);
    }
    architectures.check(model, place);
    return Optional.empty();
  }

  /** The plan of a train block with its defaults; empty too where it needs arguments. */
  private Optional<TrainPlan> train(Declaration.Train declaration) {
    if (declaration.parameters().stream().anyMatch(p -> p.defaultValue() == null)) {
      names.check(declaration, module);
      return Optional.empty();
    }
    return trains.plan(
        new Value.Train(declaration, module, List.of()), declaration.name().span(), List.of());
  }

  /** A model that only a train block makes is one of the file's too. */
  private void addTrained(@Nullable Architecture trained) {
    if (trained != null && models.stream().noneMatch(m -> m.name().equals(trained.name()))) {
      models.add(trained);
    }
  }
}
