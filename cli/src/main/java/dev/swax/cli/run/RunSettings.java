package dev.swax.cli.run;

import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.facts.FlopCount;
import dev.swax.compiler.facts.LayerPattern;
import dev.swax.compiler.facts.ParameterCount;
import dev.swax.compiler.facts.Usage;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.runtime.train.EarlyEnd;
import dev.swax.runtime.train.Manifest;
import dev.swax.runtime.train.RunFiles;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/** What decides a run, as a person reads it, by path. */
public final class RunSettings {
  /** Lines of config.txt that say how the others came about. */
  private static final List<String> HOW =
      List.of("run.file", "run.began", "run.set.", "run.import.", "run.tokenizer");

  /** The path of how a run ended, where that was before its last step. */
  public static final String ENDED = "run.ended";

  private RunSettings() {}

  /** What its config.txt says, with the changes since; then its device, version and data. */
  public static SequencedMap<String, String> of(Path run) {
    RunFiles files = RunFiles.of(run);
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    files
        .config()
        .forEach((path, value) -> {
          if (HOW.stream().noneMatch(path::startsWith)) {
            settings.put(path, value);
          }
        });
    Manifest manifest = files.manifest();
    for (Manifest.Change change : manifest.changes()) {
      change
          .values()
          .forEach((path, value) ->
              settings.merge(
                  path,
                  value,
                  (before, now) -> "%s, after step %d %s".formatted(before, change.step(), now)));
    }
    settings.put("device", manifest.device());
    EarlyEnd early = manifest.ended();
    if (early != null) {
      settings.put(ENDED, early.describe());
    }
    settings.put("swax", manifest.version());
    manifest.hashes().entrySet().stream()
        .filter(hash -> hash.getKey().startsWith("data."))
        .forEach(hash -> settings.put(hash.getKey(), "SHA-256 %.12s".formatted(hash.getValue())));
    return settings;
  }

  /** Facts of its model; nothing where this swax cannot read its file any more. */
  public static SequencedMap<String, String> model(Path run) {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    Origin origin = Origin.read(run);
    Optional<Analysis> analysis = origin.input(run).findAnalysis(new Diagnostics());
    if (analysis.isEmpty()) {
      return facts;
    }
    TrainPlan plan = origin.plan(analysis.get());
    Architecture model = Plans.architecture(plan);
    facts.put("model.name", model.name());
    facts.put("model.width", Integer.toString(model.width()));
    facts.put("model.vocab", Integer.toString(model.vocabulary()));
    facts.put("model.layers", LayerPattern.folded(model));
    facts.put("model.parameters", number(ParameterCount.of(model).total()));
    facts.put(
        "model.flops", number(Math.round(new FlopCount(model).perTrainedToken(Usage.of(plan)))));
    return facts;
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
