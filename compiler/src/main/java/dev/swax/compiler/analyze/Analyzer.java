package dev.swax.compiler.analyze;

import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.DataPlan;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.SyntaxFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Works out what a file means: names, units, patterns, sizes, plans. */
public final class Analyzer {
  private final ModuleLoader loader;
  private final CellAnalysis cells;

  public Analyzer(ModuleLoader loader, CellAnalysis cells) {
    this.loader = loader;
    this.cells = cells;
  }

  /** What the file means. What is wrong is reported; the rest is worked out nevertheless. */
  public Analysis analyze(SyntaxFile file, Options options, Diagnostics diagnostics) {
    Modules modules = new Modules(loader, diagnostics);
    Module root = modules.load(file);
    modules.all().forEach(module -> new DeclarationChecks(diagnostics).check(module.file()));
    Settings settings = new Settings(allSettings(file, options, diagnostics), root);
    LateMeasures measures = new LateMeasures();
    Evaluator evaluator = new Evaluator(diagnostics, measures);
    Architectures architectures = new Architectures(evaluator, cells, settings);
    for (Module module : modules.all()) {
      new Declarations(evaluator, settings.of(module)).declare(module);
    }
    DataBlocks dataBlocks = new DataBlocks(evaluator, settings);
    Trains trains = new Trains(evaluator, architectures, dataBlocks, settings);
    measures.connect(
        new ModelMeasures(evaluator, architectures, new FileUsage(evaluator, root, settings)));
    Pass pass = new Pass(root, evaluator, architectures, trains, dataBlocks);
    Analysis analysis = pass.run();
    SettingChecks checks = new SettingChecks(evaluator, root);
    for (Declaration declaration : file.declarations()) {
      if (declaration instanceof Declaration.Profile profile) {
        profile.settings().forEach(checks::check);
      }
    }
    options.settings().forEach(checks::check);
    return analysis;
  }

  /** The profile's settings, then those of the options. */
  private static List<Declaration.Setting> allSettings(
      SyntaxFile file, Options options, Diagnostics diagnostics) {
    List<Declaration.Setting> settings = new ArrayList<>();
    String wanted = options.profile();
    if (wanted != null) {
      List<Declaration.Profile> profiles =
          file.declarations().stream()
              .filter(Declaration.Profile.class::isInstance)
              .map(Declaration.Profile.class::cast)
              .toList();
      Optional<Declaration.Profile> profile =
          profiles.stream().filter(p -> p.name().text().equals(wanted)).findFirst();
      profile.ifPresent(p -> settings.addAll(p.settings()));
      if (profile.isEmpty()) {
        List<String> names = profiles.stream().map(p -> p.name().text()).toList();
        diagnostics.report(
            Code.UNKNOWN_NAME,
            new Span(file.source(), 0, 0),
            "there is no profile `%s` in this file".formatted(wanted),
            Arguments.help(wanted, names));
      }
    }
    settings.addAll(options.settings());
    return settings;
  }

  /** Works out every declaration of the root file. */
  private record Pass(
      Module root,
      Evaluator evaluator,
      Architectures architectures,
      Trains trains,
      DataBlocks dataBlocks) {

    Analysis run() {
      List<Architecture> models = new ArrayList<>();
      List<TrainPlan> plans = new ArrayList<>();
      List<DataPlan> data = new ArrayList<>();
      for (Declaration declaration : root.file().declarations()) {
        switch (declaration) {
          case Declaration.Let let -> evaluator.lookUp(let.name(), root);
          case Declaration.Window window -> evaluator.lookUp(window.name(), root);
          case Declaration.Model model -> model(model).ifPresent(models::add);
          case Declaration.Data block ->
              dataBlocks.plan(new Value.Data(block, root)).ifPresent(data::add);
          case Declaration.Train train -> trains.plan(train, root).ifPresent(plans::add);
          case Declaration.Cell _, Declaration.Profile _, Declaration.Grid _ -> {}
          case Declaration.Expect _ -> {}
        }
      }
      Expectations expectations = new Expectations(evaluator, root);
      for (Declaration declaration : root.file().declarations()) {
        if (declaration instanceof Declaration.Expect expect) {
          expectations.check(expect);
        }
      }
      for (TrainPlan plan : plans) {
        Architecture trained = plan.architecture();
        if (trained != null && models.stream().noneMatch(m -> m.name().equals(trained.name()))) {
          models.add(trained);
        }
      }
      return new Analysis(models, plans, data);
    }

    /** The model with its defaults; empty too where it is only a start for others. */
    private Optional<Architecture> model(Declaration.Model declaration) {
      Value value = evaluator.lookUp(declaration.name(), root);
      if (!(value instanceof Value.Model model)) {
        return Optional.empty();
      }
      Span place = declaration.name().span();
      if (architectures.isComplete(model, place)) {
        return architectures.build(declaration.name().text(), model, place);
      }
      if (declaration.parameters().stream().allMatch(p -> p.defaultValue() != null)) {
        architectures.check(model, place);
      }
      return Optional.empty();
    }
  }
}
