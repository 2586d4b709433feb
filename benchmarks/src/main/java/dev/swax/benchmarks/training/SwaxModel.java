package dev.swax.benchmarks.training;

import dev.swax.compiler.Lowering;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.analyze.Analyzer;
import dev.swax.compiler.analyze.data.Options;
import dev.swax.compiler.analyze.module.FileModules;
import dev.swax.compiler.analyze.part.PartAnalyzer;
import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.parse.Parser;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.compiler.source.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Compiles a compared model as `swax train` would, from {@code models.swax} and a line to it. */
final class SwaxModel {
  private static final String FILE = "models.swax";

  private SwaxModel() {}

  static CompiledModel compile(Setting setting) throws IOException {
    return compile(architecture(setting));
  }

  static Architecture architecture(Setting setting) throws IOException {
    Sizes sizes = setting.sizes();
    String declaration =
        "model bench = bench_%s with { width = %d, blocks = %d, heads = %d, vocab = %d, hidden = %d }%n"
            .formatted(
                setting.model(),
                sizes.width(),
                sizes.blocks(),
                sizes.heads(),
                sizes.vocabulary(),
                sizes.hidden());
    return architecture("bench", declaration);
  }

  /**
   * A model of {@link Sizes#SIZE_3M} whose only mixer is a memory.
   *
   * @param memory as a file would say it: {@code gla()}
   */
  static CompiledModel compile(String memory) throws IOException {
    return compile(
        architecture(
            "bench_memory",
            "model bench_memory = small with { memory = %s, layers = blocks * [memory] }\n"
                .formatted(memory)));
  }

  private static CompiledModel compile(Architecture model) {
    return compile(Lowering.of(model).plan());
  }

  /** A planned model, with the optimizer of {@link Sizes}. */
  static CompiledModel compile(ModelPlan plan) {
    var optimizer =
        new OptimizerSettings(Sizes.BETA_1, Sizes.BETA_2, Sizes.OPTIMIZER_EPSILON, Sizes.DECAY);
    return CompiledModel.of(plan, optimizer, "benchmark");
  }

  /** The plan of a model that {@code declaration} adds to the file. */
  static ModelPlan plan(String name, String declaration) throws IOException {
    return Lowering.of(architecture(name, declaration)).plan();
  }

  private static Architecture architecture(String name, String declaration) throws IOException {
    var diagnostics = new Diagnostics();
    var source = new SourceFile(FILE, text() + declaration);
    Analysis analysis =
        new Analyzer(new FileModules(Path.of("")), new PartAnalyzer())
            .analyze(Parser.parse(source, diagnostics), Options.none(), diagnostics);
    if (diagnostics.hasErrors()) {
      throw new IllegalStateException(FILE + " has faults: " + diagnostics.all());
    }
    return analysis
        .findModel(name)
        .orElseThrow(() -> new IllegalStateException("no model " + name + " in " + FILE));
  }

  private static String text() throws IOException {
    try (InputStream stream = SwaxModel.class.getResourceAsStream(FILE)) {
      if (stream == null) {
        throw new IOException("no resource " + FILE);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
