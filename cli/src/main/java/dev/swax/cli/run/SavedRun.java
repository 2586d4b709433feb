package dev.swax.cli.run;

import dev.swax.cli.Console;
import dev.swax.cli.Host;
import dev.swax.cli.input.Input;
import dev.swax.compiler.Lowering;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Cut;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.checkpoint.CheckpointStore;
import dev.swax.runtime.checkpoint.MappedWeights;
import dev.swax.runtime.checkpoint.TrainingState;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.train.DataHashes;
import dev.swax.runtime.train.EarlyEnd;
import dev.swax.runtime.train.RunDirectory;
import dev.swax.runtime.train.RunFiles;
import dev.swax.runtime.train.TrainingData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run on the disk, read again as it was begun. */
final class SavedRun {
  /** The line of config.txt that says which published folder a run's weights are from. */
  static final String IMPORTED = "run.imported";

  private final Path path;
  private final TrainPlan plan;
  private final Architecture model;
  private final Console console;
  private final Map<Cut, CompiledModel> code = new LinkedHashMap<>();

  private SavedRun(Path path, TrainPlan plan, Console console) {
    this.path = path;
    this.plan = plan;
    this.model = Plans.architecture(plan);
    this.console = console;
  }

  static SavedRun read(Path path, Console console) {
    if (!Files.isDirectory(path)) {
      throw new UserError("there is no run `%s`".formatted(path), "`swax train FILE` starts one");
    }
    Origin origin = Origin.read(path);
    origin.findTokenizer().ifPresent(file -> tellOfChange(path, file, console));
    Input input = origin.input(path);
    Analysis analysis = input.analyze(console);
    return new SavedRun(path, origin.plan(analysis), console);
  }

  /** Says so where a file that a tokenizer was read from has another content by now. */
  private static void tellOfChange(Path run, Path file, Console console) {
    try {
      Path kept = RunFiles.tokenizer(run);
      if (Files.isRegularFile(file) && Files.mismatch(file, kept) >= 0) {
        console.message(
            "note: %s has changed since the run began, which uses its own copy, %s"
                .formatted(file, kept));
      }
    } catch (IOException e) {
      throw new UserError("cannot read %s: %s".formatted(file, Reasons.of(e)), null);
    }
  }

  /** How it began, whatever of its recipe has been changed since; warnings are not repeated. */
  static TrainPlan begun(Path path) {
    Origin origin = Origin.readAsBegun(path);
    return origin.plan(origin.input(path).findAnalysis(new Diagnostics()).orElseThrow());
  }

  /** The run with further settings, which are refused where they do not reach its recipe. */
  SavedRun with(List<String> settings, Console console) {
    Origin origin = Origin.read(path).with(settings);
    if (origin.column() != null) {
      throw new UserError(
          "%s is a cell of grid %s, which says how it is trained"
              .formatted(path, origin.column().grid()),
          "change the grid, or train the model in a run of its own");
    }
    Input input = origin.input(path);
    Analysis analysis = input.analyzeForTraining(console);
    input.requireReached(analysis, List.of("train " + origin.train()));
    return new SavedRun(path, origin.plan(analysis), console);
  }

  /** The run, to read its text; says so where that is not beside it any more. */
  static SavedRun readWithText(Path path, Console console) {
    SavedRun run = read(path, console);
    Origin.place(path).remark().ifPresent(console::message);
    return run;
  }

  /** Whether its weights are from a published folder. */
  boolean isImported() {
    return RunFiles.of(path).config().containsKey(IMPORTED);
  }

  /** Refuses text that is not that which it was trained on. */
  void requireSameData(TrainingData data) {
    RunFiles.of(path).requireSameData(data);
  }

  TrainPlan plan() {
    return plan;
  }

  Architecture model() {
    return model;
  }

  /** Between text and what the model reads; refused where it is not the one of its training. */
  Tokenizer tokenizer() {
    requireSameTokenizer();
    return Plans.data(plan).tokenizer();
  }

  /** Refuses to go on where a tokenizer has changed since the training. */
  void requireSameTokenizer() {
    Tokenizer tokenizer = Plans.data(plan).tokenizer();
    if (!RunFiles.of(path).changed(DataHashes.of(tokenizer)).isEmpty()) {
      throw new UserError(
          "the tokenizer of %s is not the one that the run began with%s"
              .formatted(
                  path, tokenizer.files().isEmpty() ? "" : ": " + tokenizer.files().getFirst()),
          "bring its file back, or train anew");
    }
  }

  /** Compiled when it is first asked for. */
  CompiledModel code() {
    return code(Cut.NONE);
  }

  /** The same with something taken out, which the model must have. */
  CompiledModel code(Cut cut) {
    return code.computeIfAbsent(
        cut, _ -> Plans.generate(Lowering.of(model, cut).plan(), plan, console));
  }

  /** Refuses to take out what the model lacks. */
  void requireParts(Cut cut) {
    cut.obstacle(model)
        .ifPresent(reason -> {
          throw new UserError(reason, null);
        });
  }

  /** Weights of the newest whole checkpoint; says which that is. */
  SavedWeights weights(Console console) {
    Parameters parameters = Parameters.allocate(code().parameterSpecs(), false);
    CheckpointStore checkpoints = RunDirectory.checkpoints(path, plan.recipe().saving().keep());
    Optional<TrainingState> state =
        checkpoints.reader().restore(parameters.all(), false, console::message);
    if (state.isEmpty()) {
      parameters.close();
      throw noCheckpoint();
    }
    long step = state.get().step();
    tell(step, checkpoints, console);
    return new SavedWeights(parameters, step);
  }

  /**
   * The same, with what stands in place of the parts that are taken out.
   *
   * @param windows keys of each window of the model
   */
  SavedWeights weights(Host host, Cut cut, int[] windows) {
    SavedWeights whole = weights(host.console());
    if (cut.filling() != Cut.Filling.MEAN) {
      return whole;
    }
    try (whole) {
      return new SavedWeights(
          MeanWeights.of(this, whole.parameters(), cut, windows, host), whole.step());
    }
  }

  /** Every window of the model as it is tested, or {@code window} where that is not null. */
  int[] windows(@Nullable Integer window) {
    int[] windows = Plans.windows(model, plan.recipe().testWindows());
    if (window != null) {
      Arrays.fill(windows, window);
    }
    return windows;
  }

  /** The same where they lie, so that they need not fit into memory. */
  MappedWeights mapped(Console console) {
    CheckpointStore checkpoints = RunDirectory.checkpoints(path, plan.recipe().saving().keep());
    MappedWeights weights =
        checkpoints
            .reader()
            .map(code().parameterSpecs(), console::message)
            .orElseThrow(this::noCheckpoint);
    tell(weights.step(), checkpoints, console);
    return weights;
  }

  private UserError noCheckpoint() {
    return new UserError(
        "%s has no checkpoint yet".formatted(path),
        "`swax resume %s` continues the training".formatted(path));
  }

  private void tell(long step, CheckpointStore checkpoints, Console console) {
    console.message(
        isImported()
            ? "imported weights, from %s".formatted(checkpoints.path(step))
            : "weights of step %d of %d, from %s"
                .formatted(step, plan.recipe().steps(), checkpoints.path(step)));
    EarlyEnd early = RunFiles.of(path).manifest().ended();
    if (early != null) {
      console.message("note: the run " + early.describe());
    }
  }
}
