package dev.swax.cli.run;

import dev.swax.cli.Console;
import dev.swax.cli.input.Input;
import dev.swax.compiler.Lowering;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.runtime.UserError;
import dev.swax.runtime.checkpoint.CheckpointStore;
import dev.swax.runtime.checkpoint.TrainingState;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.train.RunDirectory;
import dev.swax.runtime.train.RunFiles;
import dev.swax.runtime.train.TrainingData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A run on the disk, read again as it was begun. */
final class SavedRun {
  private final Path path;
  private final TrainPlan plan;
  private final Architecture model;
  private final CompiledModel code;

  private SavedRun(Path path, TrainPlan plan, CompiledModel code) {
    this.path = path;
    this.plan = plan;
    this.model = Plans.architecture(plan);
    this.code = code;
  }

  static SavedRun read(Path path, Console console) {
    if (!Files.isDirectory(path)) {
      throw new UserError("there is no run `%s`".formatted(path), "`swax train FILE` starts one");
    }
    Origin origin = Origin.read(path);
    Input input = origin.input(path);
    Analysis analysis = input.analyze(console);
    TrainPlan plan = origin.plan(analysis);
    CompiledModel code = Plans.generate(Lowering.of(Plans.architecture(plan)).plan(), plan);
    return new SavedRun(path, plan, code);
  }

  /** The run, to read its text; says so where that is not beside it any more. */
  static SavedRun readWithText(Path path, Console console) {
    SavedRun run = read(path, console);
    Origin.place(path).remark().ifPresent(console::message);
    return run;
  }

  TrainPlan plan() {
    return plan;
  }

  Architecture model() {
    return model;
  }

  /** Between text and what the model reads, as when it was trained; refused where it cannot be. */
  Tokenizer tokenizer() {
    Tokenizer tokenizer = Plans.data(plan).tokenizer();
    if (!RunFiles.of(path).changed(TrainingData.hashOf(tokenizer)).isEmpty()) {
      throw new UserError(
          "the tokenizer of %s has changed since the run began".formatted(path),
          "bring its file back, or train anew");
    }
    Plans.requireKnown(tokenizer, model);
    return tokenizer;
  }

  CompiledModel code() {
    return code;
  }

  /** Weights of the newest whole checkpoint; says which that is. */
  SavedWeights weights(Console console) {
    Parameters parameters = Parameters.allocate(code.parameterSpecs(), false);
    CheckpointStore checkpoints = RunDirectory.checkpoints(path, plan.recipe().keep());
    Optional<TrainingState> state =
        checkpoints.reader().restore(parameters.all(), false, console::message);
    if (state.isEmpty()) {
      parameters.close();
      throw new UserError(
          "%s has no checkpoint yet".formatted(path),
          "`swax resume %s` continues the training".formatted(path));
    }
    long step = state.get().step();
    console.message(
        "weights of step %d of %d, from %s"
            .formatted(step, plan.recipe().steps(), checkpoints.path(step)));
    return new SavedWeights(parameters, step);
  }
}
