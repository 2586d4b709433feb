package dev.swax.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.swax.cli.ExitCode;
import dev.swax.runtime.UserError;
import dev.swax.runtime.train.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code resume RUN --set}: says what changes, keeps the rest, and refuses what would be another
 * run.
 */
class RecipeChangeTest {
  @TempDir private Path folder;
  private SmallTraining training;

  @BeforeEach
  void begin() throws IOException {
    training = new SmallTraining(folder);
    train(folder.resolve("runs/m"));
  }

  private void train(Path run, String... settings) throws IOException {
    var options = SmallTraining.machine("--threads", "1");
    training.train(run, TrainingDevice.of(options, training.console()), settings);
  }

  private static BooleanSupplier after(int steps) {
    int[] asked = {0};
    return () -> asked[0]++ >= steps;
  }

  private static byte[] weights(Path run, long step) throws IOException {
    return Files.readAllBytes(
        RunDirectory.checkpoints(run, 1).path(step).resolve("model.safetensors"));
  }

  private String manifest() throws IOException {
    return Files.readString(training.run().resolve("manifest.json"));
  }

  @Test
  void aLongerBudgetGoesOnWithTheSameBitsAndAnotherRateIsTold() throws IOException {
    train(folder.resolve("runs/long"), "train.budget=5 step");
    String began = Files.readString(training.run().resolve("config.txt"));
    int code = training.resumeWith(after(1), "train.budget=5 step");
    assertThat(code).isEqualTo(ExitCode.CHECKPOINTED);
    assertThat(training.told())
        .containsSubsequence(
            "from step 3 on:", "  train.steps = 5 step, was 2 step", "stay as they");
    assertThat(training.resumeWith(() -> false)).isEqualTo(ExitCode.DONE);
    assertThat(weights(training.run(), 5)).isEqualTo(weights(folder.resolve("runs/long"), 5));

    training.resumeWith(
        () -> false, "train.budget=8 step", "train.lr=warmup_cosine(peak: 1e-2, warmup: 7 step)");
    assertThat(training.told())
        .contains("  train.lr = warmup_cosine(peak: 0.01, min: 0, warmup: 7 step), was 0.01")
        .contains("the learning rate of step 6 is 0.00857; that of the last was 0.0100");
    assertThat(manifest()).containsSubsequence("train.budget=5 step", "train.budget=8 step");
    assertThat(training.run().resolve("config.txt")).hasContent(began);
    assertThat(RunDirectory.checkpoints(training.run(), 1).steps().getFirst()).isEqualTo(8);
  }

  /** On and off, from the beginning and later on: the same weights. */
  @Test
  void whatIsComputedAgainChangesNoBits() throws IOException {
    train(folder.resolve("runs/plain"), "train.budget=6 step");
    train(folder.resolve("runs/all"), "train.budget=6 step", "train.recompute=all");
    int code = training.resumeWith(after(2), "train.budget=6 step", "train.recompute=mixers");
    assertThat(code).isEqualTo(ExitCode.CHECKPOINTED);
    assertThat(training.told()).contains("  train.recompute = mixers, was not set");
    assertThat(training.resumeWith(() -> false, "train.recompute=none")).isEqualTo(ExitCode.DONE);
    assertThat(training.told()).contains("  train.recompute = not set, was mixers");
    byte[] expected = weights(folder.resolve("runs/plain"), 6);
    assertThat(weights(folder.resolve("runs/all"), 6)).isEqualTo(expected);
    assertThat(weights(training.run(), 6)).isEqualTo(expected);
    assertThat(folder.resolve("runs/all/config.txt")).content().contains("train.recompute = all\n");
  }

  @Test
  void aBudgetOfWhatIsDoneEndsTheRun() throws IOException {
    assertThat(training.resumeWith(after(1), "train.budget=5 step"))
        .isEqualTo(ExitCode.CHECKPOINTED);
    assertThat(training.resumeWith(() -> false, "train.budget=3 step", "train.lr=2e-2"))
        .isEqualTo(ExitCode.DONE);
    assertThat(training.told()).contains("the run ends with step 3:").doesNotContain("of step 4");
  }

  @Test
  void whatWouldBeAnotherRunIsRefused() throws IOException {
    String before = manifest();
    refused("that would be another model", "model.width=64");
    refused("that would be other data", "data.files=[\"text/1*.txt\", \"text/2*.txt\"]");
    refused("`train.seed` stays as the run began with it (1)", "train.seed=7");
    refused("`train.weights` stays as the run began with it (not set)", "train.weights=\"runs/m\"");
    refused("has done all of its 2 steps, so `--set train.lr=2e-2`", "train.lr=2e-2");
    refused("`train.batch` stays", "train.batch=128 tok");
    refused("what Muon and AdamW remember", "train.optim=muon()");
    refused("the run has done 2 steps, but its budget would be 1", "train.budget=1 step");
    refused("changes nothing: the run has it already", "train.budget=2 step");
    assertThat(manifest()).isEqualTo(before);
  }

  private void refused(String message, String setting) {
    UserError error =
        catchThrowableOfType(UserError.class, () -> training.resumeWith(() -> false, setting));
    assertThat(error).as(setting).hasMessageContaining(message);
  }
}
