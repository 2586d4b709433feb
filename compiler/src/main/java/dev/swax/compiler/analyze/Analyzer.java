package dev.swax.compiler.analyze;

import dev.swax.compiler.analyze.data.DataBlocks;
import dev.swax.compiler.analyze.data.Options;
import dev.swax.compiler.analyze.data.Tasks;
import dev.swax.compiler.analyze.evaluate.Arguments;
import dev.swax.compiler.analyze.evaluate.Evaluator;
import dev.swax.compiler.analyze.evaluate.Module;
import dev.swax.compiler.analyze.evaluate.Watcher;
import dev.swax.compiler.analyze.grid.GridBlocks;
import dev.swax.compiler.analyze.model.Architectures;
import dev.swax.compiler.analyze.model.PartAnalysis;
import dev.swax.compiler.analyze.model.Placements;
import dev.swax.compiler.analyze.module.ModuleLoader;
import dev.swax.compiler.analyze.module.Modules;
import dev.swax.compiler.analyze.name.DeclarationChecks;
import dev.swax.compiler.analyze.name.UnusedNames;
import dev.swax.compiler.analyze.setting.SettingChecks;
import dev.swax.compiler.analyze.setting.Settings;
import dev.swax.compiler.analyze.setting.UnusedSettings;
import dev.swax.compiler.analyze.train.Trains;
import dev.swax.compiler.diagnostic.Code;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.source.Span;
import dev.swax.compiler.syntax.Declaration;
import dev.swax.compiler.syntax.Expression;
import dev.swax.compiler.syntax.SyntaxFile;
import dev.swax.runtime.task.Task;
import dev.swax.runtime.token.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Works out what a file means: names, units, patterns, sizes, plans. */
public final class Analyzer {
  private final ModuleLoader loader;
  private final PartAnalysis cells;
  private final Watcher watcher;

  public Analyzer(ModuleLoader loader, PartAnalysis cells) {
    this(loader, cells, Watcher.NONE);
  }

  /** {@code watcher}: is told what the expressions of a file come to. */
  public Analyzer(ModuleLoader loader, PartAnalysis cells, Watcher watcher) {
    this.loader = loader;
    this.cells = cells;
    this.watcher = watcher;
  }

  /** What the file means. What is wrong is reported; the rest is worked out nevertheless. */
  public Analysis analyze(SyntaxFile file, Options options, Diagnostics diagnostics) {
    Modules modules = new Modules(loader, diagnostics);
    Module root = modules.load(file);
    modules.all().forEach(module -> new DeclarationChecks(diagnostics).check(module.file()));
    if (!modules.isComplete()) {
      return Analysis.empty();
    }
    Settings settings =
        new Settings(ofProfile(file, options, diagnostics), options.settings(), root);
    LateMeasures measures = new LateMeasures();
    Evaluator evaluator = new Evaluator(diagnostics, measures, watcher);
    Placements placements = new Placements(evaluator, cells);
    Architectures architectures = new Architectures(evaluator, placements, settings);
    for (Module module : modules.all()) {
      new Declarations(evaluator, settings.of(module)).declare(module);
    }
    DataBlocks dataBlocks = new DataBlocks(evaluator, settings, loader::kept);
    Trains trains = new Trains(evaluator, architectures, dataBlocks, settings);
    measures.connect(
        new ModelMeasures(
            evaluator, architectures, new FileUsage(evaluator, root, trains), dataBlocks));
    Analysis analysis =
        new FileAnalysis(
                root,
                loader::wants,
                evaluator,
                architectures,
                trains,
                dataBlocks,
                new GridBlocks(evaluator, architectures, trains, dataBlocks, settings))
            .run(placements);
    SettingChecks checks = new SettingChecks(evaluator, root);
    for (Declaration declaration : file.declarations()) {
      if (declaration instanceof Declaration.Profile profile) {
        profile.settings().forEach(checks::check);
      }
    }
    options.settings().forEach(checks::check);
    if (diagnostics.hasErrors()) {
      return analysis;
    }
    var unused = new UnusedSettings(evaluator.settingUse(), settings, root);
    Analysis whole = withUnused(analysis, unused, diagnostics);
    new UnusedNames(file, options.settings(), diagnostics).report();
    return whole;
  }

  /** Reports what has no effect at all; what has none on training is left to who trains. */
  private static Analysis withUnused(
      Analysis analysis, UnusedSettings unused, Diagnostics diagnostics) {
    unused.unused().forEach(diagnostics::report);
    boolean trains = !analysis.trains().isEmpty() || !analysis.grids().isEmpty();
    return trains ? analysis.withSettings(unused.reaches(), unused.untrained()) : analysis;
  }

  /**
   * The tasks that expressions mean where the names of a file are in sight; what is none is
   * reported and left out.
   *
   * @param tokenizer between their texts and tokens
   */
  public List<Task> tasks(
      SyntaxFile file,
      Options options,
      List<Expression> expressions,
      Tokenizer tokenizer,
      Diagnostics diagnostics) {
    Modules modules = new Modules(loader, diagnostics);
    Module root = modules.load(file);
    if (!modules.isComplete()) {
      return List.of();
    }
    Settings settings =
        new Settings(ofProfile(file, options, diagnostics), options.settings(), root);
    LateMeasures measures = new LateMeasures();
    Evaluator evaluator = new Evaluator(diagnostics, measures);
    for (Module module : modules.all()) {
      new Declarations(evaluator, settings.of(module)).declare(module);
    }
    Architectures architectures =
        new Architectures(evaluator, new Placements(evaluator, cells), settings);
    DataBlocks dataBlocks = new DataBlocks(evaluator, settings, loader::kept);
    Trains trains = new Trains(evaluator, architectures, dataBlocks, settings);
    measures.connect(
        new ModelMeasures(
            evaluator, architectures, new FileUsage(evaluator, root, trains), dataBlocks));
    List<Task> tasks = new ArrayList<>();
    for (Expression expression : expressions) {
      new Tasks(evaluator, tokenizer)
          .asked(expression, root, dataBlocks, "`--task`")
          .ifPresent(tasks::add);
    }
    return tasks;
  }

  /** The chosen profile's settings. */
  private static List<Declaration.Setting> ofProfile(
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
    return settings;
  }
}
