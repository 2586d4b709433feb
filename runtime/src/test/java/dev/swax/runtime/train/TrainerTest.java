package dev.swax.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Split;
import dev.swax.runtime.testing.BagProgram;
import dev.swax.runtime.testing.Runs;
import dev.swax.runtime.testing.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private static final List<String> FILES = List.of("model.safetensors", "optim.safetensors");

  @TempDir Path folder;

  @Test
  void trainingLearns() throws IOException {
    Outcome outcome = Runs.train(folder.resolve("run"), () -> false);
    assertThat(outcome.stopped()).isFalse();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.step()).isEqualTo(Runs.STEPS);
    List<JsonNode> lines = metrics(folder.resolve("run"));
    double first = lines.getFirst().get("loss").doubleValue();
    assertThat(first).isCloseTo(Math.log(256), within(0.3));
    assertThat(loss(outcome)).isLessThan(first - 2);
  }

  private static double loss(Outcome outcome) {
    return outcome.last() instanceof Validation.Text(var score) ? score.loss() : Double.NaN;
  }

  @Test
  void theRunDirectoryHoldsWhatItShould() throws IOException {
    Path run = folder.resolve("run");
    Runs.train(run, () -> false);
    assertThat(run.resolve("run.swax")).hasContent("edition 1\n");
    assertThat(run.resolve("imports/1-cells.swax")).hasContent("let a = 1\n");
    assertThat(run.resolve("config.txt"))
        .content()
        .contains("train.lr = warmup_cosine(peak: 0.05, min: 5e-3, warmup: 4 step)\n")
        .contains("train.window.local = sample per batch { 2: 0.5, 8: 0.5 } until 90% then 8\n");
    assertThat(run.resolve("src/swax/generated/Bag.java")).hasContent("class Bag {}\n");
    JsonNode manifest = new JsonMapper().readTree(run.resolve("manifest.json").toFile());
    assertThat(manifest.get("sha256").get("data.training").asText())
        .isEqualTo(Texts.sums().training().hash());
    assertThat(manifest.get("assumptions").get(0).asText())
        .isEqualTo("train.lr = 0.05: not stated");
    assertThat(run.resolve("checkpoints").toFile().list())
        .containsExactlyInAnyOrder("00000035", "00000040");
    assertThat(run.resolve("log.txt")).content().contains("step 40/40  loss ");
  }

  @Test
  void metricsHoldEveryStepAndValidation() throws IOException {
    Runs.train(folder.resolve("run"), () -> false);
    List<Long> steps = new ArrayList<>();
    List<Long> validated = new ArrayList<>();
    for (JsonNode line : metrics(folder.resolve("run"))) {
      (line.has("validation") ? validated : steps).add(line.get("step").longValue());
      if (line.has("windows")) {
        int window = line.get("windows").get("local").intValue();
        boolean annealed = line.get("step").longValue() > 36;
        assertThat(window).isIn(annealed ? List.of(8) : List.of(2, 8));
      }
    }
    assertThat(steps).hasSize(40).isSorted().doesNotHaveDuplicates();
    assertThat(validated).containsExactly(10L, 20L, 30L, 40L);
  }

  /** The wish to stop is asked for after every step and at every segment of a validation. */
  @Test
  void aRunStoppedAnywhereEndsWithTheSameBits() throws IOException {
    Path whole = folder.resolve("whole");
    Runs.train(whole, () -> false);
    for (int after : new int[] {0, 1, 6, 7, 9, 10, 11, 17, 33, 60, 80}) {
      Path run = folder.resolve("run" + after);
      Outcome stopped = Runs.train(run, stopAfter(after));
      assertThat(stopped.stopped()).isTrue();
      assertThat(stopped.exitCode()).isEqualTo(75);
      Outcome resumed = Runs.train(run, () -> false);
      assertThat(resumed.stopped()).isFalse();
      assertSame(run, whole);
    }
  }

  @Test
  void aFinishedRunMayBeContinuedWithoutChange() throws IOException {
    Path run = folder.resolve("run");
    Outcome first = Runs.train(run, () -> false);
    List<JsonNode> before = metrics(run);
    Outcome second = Runs.train(run, () -> false);
    assertThat(second.validation()).isEqualTo(first.validation());
    assertThat(metrics(run)).isEqualTo(before);
  }

  @Test
  void aTornCheckpointMeansTheOneBefore() throws IOException {
    Path whole = folder.resolve("whole");
    Runs.train(whole, () -> false);
    Path run = folder.resolve("run");
    Runs.trainSteps(run, 25);
    Path torn = RunDirectory.checkpoints(run, 2).path(25).resolve("model.safetensors");
    Files.write(torn, new byte[] {1, 2, 3});
    Runs.train(run, () -> false);
    assertThat(run.resolve("log.txt"))
        .content()
        .contains("checkpoint 00000025 is damaged (model.safetensors: its 3 bytes")
        .contains("continuing after step 21 of 40");
    assertSame(run, whole);
  }

  /** Two calls of 2 sequences or one of 4: sums in another order, so equal up to rounding. */
  @Test
  void theLossDoesNotDependOnTheMicroBatch() {
    Recipe two = Runs.recipe(1, 0, 0);
    var one =
        new Recipe(
            Batches.of(two.sequence(), two.batchTokens(), 4),
            1,
            two.seed(),
            two.rate(),
            two.optimizer(),
            two.zLoss(),
            two.windows(),
            two.testWindows(),
            two.borders(),
            new Recipe.Validating(0, 0),
            new Recipe.Saving(0, 1),
            two.sample(),
            null);
    BooleanSupplier never = () -> false;
    double inTwo = loss(Runs.train(folder.resolve("two"), two, BagProgram.create(2, 16), never));
    double inOne = loss(Runs.train(folder.resolve("one"), one, BagProgram.create(4, 16), never));
    assertThat(inOne).isCloseTo(inTwo, within(0.01));
  }

  @Test
  void aLossThatIsNotANumberStopsAndNamesTheTensor() {
    Path run = folder.resolve("run");
    Runs.trainSteps(run, 15);
    var program = BagProgram.create(2, 16);
    Split text = Texts.sums();
    // breaks a weight while training goes on
    BooleanSupplier breakSoon =
        () -> {
          if (program.updates() == 3) {
            program.parameters().get(1).value().set(5, Float.NaN);
          }
          return false;
        };
    try (var directory = RunDirectory.open(run)) {
      var job = Runs.job(Runs.recipe(), program, directory, text, breakSoon);
      assertThatThrownBy(() -> new Trainer(job).run())
          .isInstanceOf(UserError.class)
          .hasMessage(
              "training failed at step 19: the loss is NaN; weight `head` holds NaN at [0, 5]");
    }
    assertThat(run.resolve("checkpoints").toFile().list())
        .containsExactlyInAnyOrder("00000014", "00000015");
  }

  @Test
  void otherTextToTrainOnIsRefused() {
    Path run = folder.resolve("run");
    Runs.trainSteps(run, 3);
    var other = Texts.corpus(Texts.document("a", "xy".repeat(100)));
    assertThatThrownBy(() -> goOn(run, new Split(other, Texts.sums().validation())))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("the data has changed since the run began: data.training was ");
  }

  @Test
  void otherTextToValidateOnTrainsTheSameWeights() throws IOException {
    Path whole = folder.resolve("whole");
    Runs.train(whole, () -> false);
    Path run = folder.resolve("run");
    Runs.trainSteps(run, 3);
    var other = Texts.corpus(Texts.document("a", "xy".repeat(100)));
    goOn(run, new Split(Texts.sums().training(), other));
    assertThat(Runs.file(run, Runs.STEPS, "model.safetensors"))
        .isEqualTo(Runs.file(whole, Runs.STEPS, "model.safetensors"));
    assertThat(run.resolve("log.txt")).content().contains("data.validation has changed");
  }

  private static void goOn(Path run, Split text) {
    try (var directory = RunDirectory.open(run)) {
      var program = BagProgram.create(2, 16);
      new Trainer(Runs.job(Runs.recipe(), program, directory, text, () -> false)).run();
    }
  }

  private static BooleanSupplier stopAfter(int questions) {
    var asked = new AtomicInteger();
    return () -> asked.getAndIncrement() >= questions;
  }

  private static void assertSame(Path run, Path whole) throws IOException {
    for (String file : FILES) {
      assertThat(Runs.file(run, Runs.STEPS, file))
          .as("%s of %s", file, run)
          .isEqualTo(Runs.file(whole, Runs.STEPS, file));
    }
    assertThat(withoutTimes(run)).isEqualTo(withoutTimes(whole));
  }

  private static List<String> withoutTimes(Path run) throws IOException {
    List<String> lines = new ArrayList<>();
    for (JsonNode line : metrics(run)) {
      ((com.fasterxml.jackson.databind.node.ObjectNode) line)
          .remove(List.of("time", "tokensPerSecond", "residentBytes", "check"));
      lines.add(line.toString());
    }
    return lines;
  }

  private static List<JsonNode> metrics(Path run) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      lines.add(new JsonMapper().readTree(line));
    }
    return lines;
  }
}
