package dev.swax.cli.run;

import dev.swax.cli.Host;
import dev.swax.cli.input.Input;
import dev.swax.cli.input.SavedModules;
import dev.swax.cli.input.Selection;
import dev.swax.compiler.Compiler;
import dev.swax.compiler.Lowering;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.source.SourceFile;
import dev.swax.hub.exchange.ImportPlan;
import dev.swax.hub.folder.HubFolder;
import dev.swax.hub.folder.Shards;
import dev.swax.hub.folder.TextLength;
import dev.swax.hub.weight.Transfer;
import dev.swax.runtime.checkpoint.MadeTensor;
import dev.swax.runtime.checkpoint.NumberFormat;
import dev.swax.runtime.file.NewFile;
import dev.swax.runtime.program.ParameterSpec;
import dev.swax.runtime.train.RunDescription;
import dev.swax.runtime.train.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a published folder into a new one: a swax file, what belongs to its tokenizer, and a run
 * whose only checkpoint has the published weights. Everything is checked before anything is
 * written.
 *
 * @param length of the texts that it is for, or null where that makes no difference
 */
public record ImportModel(Host host, Path folder, Path out, @Nullable TextLength length) {
  private static final String RUN = "run";

  /** Files that go along as they are, where they are there. */
  static final List<String> ALONG =
      List.of(
          HubFolder.CONFIG,
          HubFolder.GENERATION,
          HubFolder.TOKENIZER,
          HubFolder.TOKENIZER_CONFIG,
          "special_tokens_map.json",
          "chat_template.jinja");

  public void write() {
    NewFolder.requireFree(out, "-o");
    requireJson(HubFolder.GENERATION);
    ImportPlan plan = ImportPlan.of(folder, length);
    Path file = out.toAbsolutePath().normalize().resolve(plan.file());
    var input =
        new Input(
            new SourceFile(file.toString(), plan.text()), null, List.of(), false, modules(file));
    TrainPlan train = Selection.train(input.analyze(host.console()), file.toString(), null);
    Architecture model = Plans.architecture(train);
    try (Shards shards = Shards.open(folder)) {
      shards.require(plan.blueprint().weights(), plan.published().type());
      CompiledModel code = Plans.generate(Lowering.of(model).plan(), train, host.console());
      List<MadeTensor> weights = weights(plan, code, shards);
      NewFolder.make(
          out,
          target -> {
            NewFile.write(target.resolve(plan.file()), plan.text());
            copyAlong(folder, target, ALONG);
            Path run = Files.createDirectory(target.resolve(RUN));
            RunDirectory.checkpoints(run, 1).saveWeights(weights);
            RunDirectory.writeImported(
                run, description(input, train, code), Plans.data(train).tokenizer());
          });
      host.console()
          .message(
              String.format(
                  Locale.ROOT,
                  "%s with %,d parameters in %s, from `%s`: `swax generate %s`",
                  plan.published().architecture(),
                  plan.size(),
                  shards.formats(),
                  folder,
                  out.resolve(RUN)));
    }
    host.console().result(out.resolve(plan.file()).toString());
  }

  /** A file that goes along unread has to be one that others can read. */
  private void requireJson(String name) {
    if (Files.isRegularFile(folder.resolve(name))) {
      HubFolder.json(folder.resolve(name));
    }
  }

  /** The tokenizer is read from the published folder: beside the swax file it is not there yet. */
  private SavedModules modules(Path file) {
    return new SavedModules(
        List.of(),
        Map.of(
            file.resolveSibling(HubFolder.TOKENIZER),
            folder.toAbsolutePath().normalize().resolve(HubFolder.TOKENIZER)),
        null);
  }

  static void copyAlong(Path from, Path to, List<String> names) throws IOException {
    for (String name : names) {
      if (Files.isRegularFile(from.resolve(name))) {
        Files.copy(from.resolve(name), to.resolve(name));
      }
    }
  }

  private List<MadeTensor> weights(ImportPlan plan, CompiledModel code, Shards shards) {
    long all = code.parameterSpecs().stream().mapToLong(ParameterSpec::size).sum();
    var progress =
        new WorkProgress(
            host.console(),
            all,
            done -> String.format(Locale.ROOT, "%,d of %,d weights", done, all));
    long[] done = {0};
    List<MadeTensor> weights = new ArrayList<>();
    for (ParameterSpec spec : code.parameterSpecs()) {
      weights.add(
          new MadeTensor(
              spec.name(),
              NumberFormat.F32,
              List.of((long) spec.rows(), (long) spec.columns()),
              into -> {
                Transfer.in(plan.blueprint().weights(), spec.name(), into, shards::numbers);
                done[0] += spec.size();
                progress.accept(done[0]);
                if (done[0] == all) {
                  progress.finish();
                }
              }));
    }
    return weights;
  }

  private RunDescription description(Input input, TrainPlan train, CompiledModel code) {
    Path run = out.toAbsolutePath().normalize().resolve(RUN);
    boolean reads = !Plans.data(train).tokenizer().files().isEmpty();
    String tokenizer = reads ? HubFolder.TOKENIZER : null;
    var origin =
        new Origin(input.file().name(), null, List.of(), List.of(), tokenizer, train.name(), null);
    SequencedMap<String, String> config = origin.lines(run);
    config.put(
        SavedRun.IMPORTED, String.valueOf(folder.toAbsolutePath().normalize().getFileName()));
    train.recipe().describe().forEach(config::put);
    SequencedMap<String, String> sources = new LinkedHashMap<>();
    sources.put(Plans.sourcePath(Plans.architecture(train)), code.source());
    return new RunDescription(
        input.file().text(),
        origin.importedText(),
        config,
        sources,
        Compiler.VERSION,
        train.recipe().seed(),
        "none: imported",
        List.of());
  }
}
