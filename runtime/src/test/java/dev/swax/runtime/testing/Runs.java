package dev.swax.runtime.testing;

import dev.swax.runtime.data.DocumentBorders;
import dev.swax.runtime.data.Split;
import dev.swax.runtime.evaluate.Sampling;
import dev.swax.runtime.schedule.LearningRate;
import dev.swax.runtime.schedule.Moment;
import dev.swax.runtime.schedule.WindowSchedule;
import dev.swax.runtime.train.AdamW;
import dev.swax.runtime.train.Batches;
import dev.swax.runtime.train.EarlyStop;
import dev.swax.runtime.train.Optimizer;
import dev.swax.runtime.train.Outcome;
import dev.swax.runtime.train.Recipe;
import dev.swax.runtime.train.RunDescription;
import dev.swax.runtime.train.RunDirectory;
import dev.swax.runtime.train.Trainer;
import dev.swax.runtime.train.TrainingJob;
import dev.swax.runtime.train.TrainingText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;

/** Small training runs of {@link BagProgram}. */
public final class Runs {
  public static final int STEPS = 40;

  private Runs() {}

  /** 40 steps of 4 sequences of 16 tokens in two calls; a checkpoint every 7, a score every 10. */
  public static Recipe recipe() {
    return recipe(STEPS, 7, 10);
  }

  /** The same with other numbers of steps. */
  public static Recipe recipe(long steps, long checkpointEvery, long validateEvery) {
    SequencedMap<String, WindowSchedule> windows = new LinkedHashMap<>();
    var coin =
        new WindowSchedule.Sample(
            List.of(new WindowSchedule.Outcome(2, 0.5), new WindowSchedule.Outcome(8, 0.5)));
    windows.put(
        "local",
        new WindowSchedule.Until(
            coin, new Moment.Share(0.9), new WindowSchedule.Constant(BagProgram.MAX_WINDOW)));
    return new Recipe(
        Batches.of(16, 64, 2),
        steps,
        1,
        new LearningRate.WarmupCosine(0.05, 0.005, 4),
        Optimizer.of(new AdamW(0.9, 0.95, 1e-8, 0.1, 1)),
        0,
        windows,
        new LinkedHashMap<>(Map.of("local", BagProgram.MAX_WINDOW)),
        DocumentBorders.RESET,
        new Recipe.Validating(validateEvery, 300),
        new Recipe.Saving(checkpointEvery, 2),
        new Recipe.Sample("1 + 1 = ", 8, new Sampling(0, 0)),
        null);
  }

  /** A recipe that also has a rule to stop. */
  public static Recipe stopping(Recipe recipe, int patience) {
    return new Recipe(
        recipe.batches(),
        recipe.steps(),
        recipe.seed(),
        recipe.rate(),
        recipe.optimizer(),
        recipe.zLoss(),
        recipe.windows(),
        recipe.testWindows(),
        recipe.borders(),
        recipe.validating(),
        recipe.saving(),
        recipe.sample(),
        recipe.weights(),
        recipe.carry(),
        recipe.recompute(),
        new EarlyStop(patience));
  }

  public static RunDescription description() {
    return new RunDescription(
        "edition 1\n",
        new LinkedHashMap<>(Map.of("1-cells.swax", "let a = 1\n")),
        recipe().describe(),
        new LinkedHashMap<>(Map.of("swax/generated/Bag.java", "class Bag {}\n")),
        "0.1.0",
        1,
        "cpu",
        List.of("train.lr = 0.05: not stated"));
  }

  /** A new run, or an existing one opened again. */
  public static RunDirectory directory(Path path, Split text) {
    return Files.exists(path.resolve("manifest.json"))
        ? RunDirectory.open(path)
        : RunDirectory.create(path, description(), new TrainingText(text));
  }

  /** The job of a program, with an evaluation in segments of 8 tokens. */
  public static TrainingJob job(
      Recipe recipe, BagProgram program, RunDirectory run, Split text, BooleanSupplier stop) {
    return new TrainingJob(
        recipe,
        program,
        program.resized(1, 8),
        new TrainingText(text),
        run,
        stop,
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
        false,
        1);
  }

  /** Starts or continues the run in {@code path}. */
  public static Outcome train(Path path, BooleanSupplier stop) {
    return train(path, recipe(), BagProgram.create(2, 16), stop);
  }

  /** Starts or continues the run in {@code path} and stops it after so many steps. */
  public static void trainSteps(Path path, int steps) {
    var program = BagProgram.create(2, 16);
    train(path, recipe(), program, () -> program.updates() >= steps);
  }

  /** Starts or continues a run of another recipe. */
  public static Outcome train(Path path, Recipe recipe, BagProgram program, BooleanSupplier stop) {
    Split text = Texts.sums();
    try (RunDirectory run = directory(path, text)) {
      return new Trainer(job(recipe, program, run, text, stop)).run();
    }
  }

  /** The bytes of a checkpoint's file. */
  public static byte[] file(Path run, long step, String name) throws IOException {
    return Files.readAllBytes(RunDirectory.checkpoints(run, 1).path(step).resolve(name));
  }
}
