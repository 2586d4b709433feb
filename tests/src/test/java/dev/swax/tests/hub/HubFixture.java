package dev.swax.tests.hub;

import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.source.SourceFile;
import dev.swax.hub.exchange.ImportPlan;
import dev.swax.hub.folder.TextLength;
import dev.swax.hub.match.Sketch;
import dev.swax.tests.Golden;
import dev.swax.tests.Stages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of {@code tests/golden/hub}, written by transformers ({@code
 * benchmarks/models/golden.py}): config.json, and either all names and shapes of its tensors, or
 * weights and what logits they give.
 */
record HubFixture(Path folder, ImportPlan plan) {

  static Stream<HubFixture> all() {
    List<HubFixture> all = new ArrayList<>();
    for (Path config : Golden.files(Golden.folder("hub"), "config.json")) {
      Path folder = config.resolveSibling(".").normalize();
      boolean stretched = Golden.read(config).contains("short_factor");
      all.add(new HubFixture(folder, ImportPlan.of(folder, stretched ? TextLength.LONG : null)));
    }
    return all.stream();
  }

  String name() {
    return String.valueOf(folder.getFileName());
  }

  boolean hasWeights() {
    return Files.exists(folder.resolve("model.safetensors"));
  }

  /** The model of the text that an import writes. */
  Architecture model() {
    Analysis analysis = Stages.analyze(folder, new SourceFile(plan.file(), plan.text()));
    return analysis.findModel(plan.name()).orElseThrow();
  }

  static Sketch sketch(Architecture model) {
    return Sketch.of(model, windows(model));
  }

  static List<Integer> windows(Architecture model) {
    return model.windows().stream().map(window -> window.schedule().testValue()).toList();
  }
}
