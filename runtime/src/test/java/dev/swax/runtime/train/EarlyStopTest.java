package dev.swax.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.Split;
import dev.swax.runtime.testing.BagProgram;
import dev.swax.runtime.testing.Runs;
import dev.swax.runtime.testing.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Validation text unlike the training text: its loss falls for some steps, then rises. */
class EarlyStopTest {
  private static final String MODEL = "model.safetensors";
  private static final int STEPS = 80;
  private static final int EVERY = 4;
  private static final int PATIENCE = 3;

  /** Checkpoints at other steps than validations, so that that of the lowest is an extra one. */
  private static final Recipe ALL = Runs.recipe(STEPS, 7, EVERY);

  private static final Recipe STOPPING = Runs.stopping(ALL, PATIENCE);

  @TempDir Path folder;

  private static Split text() {
    var other = Texts.corpus(Texts.document("other", "8 - 3 = 5; 7 - 1 = 6; ".repeat(12)));
    return new Split(Texts.sums().training(), other);
  }

  private static Outcome train(Path path, Recipe recipe, BooleanSupplier stop) {
    Split text = text();
    try (RunDirectory run = Runs.directory(path, text)) {
      return new Trainer(Runs.job(recipe, BagProgram.create(2, 16), run, text, stop)).run();
    }
  }

  private static EarlyEnd end(Path run) {
    return Optional.ofNullable(RunFiles.of(run).manifest().ended()).orElseThrow();
  }

  private static List<Lowest.Measurement> validations(Path run) {
    try (Metrics metrics = Metrics.open(run.resolve(Metrics.FILE), STEPS, _ -> {})) {
      return metrics.validations();
    }
  }

  @Test
  void itEndsWhereValidationHasNotFallenAndGoesBackToTheLowest() throws IOException {
    Path run = folder.resolve("run");
    Outcome outcome = train(run, STOPPING, () -> false);
    EarlyEnd end = end(run);
    assertThat(end.best()).isGreaterThan(EVERY); // it fell before it rose
    assertThat(end).isEqualTo(new EarlyEnd(end.best() + PATIENCE * EVERY, end.best(), PATIENCE));
    assertThat(outcome.step()).isEqualTo(end.step()).isLessThan(STEPS);
    assertThat(outcome.exitCode()).isZero();
    List<Lowest.Measurement> all = validations(run);
    double lowest = all.stream().mapToDouble(Lowest.Measurement::loss).min().orElseThrow();
    assertThat(all.getLast().step()).isEqualTo(end.step());
    assertThat(outcome.last().loss()).isEqualTo(lowest).isEqualTo(loss(all, end.best()));
    assertThat(RunDirectory.checkpoints(run, 2).steps().getFirst()).isEqualTo(end.best());
    assertThat(run.resolve("log.txt"))
        .content()
        .contains(
            "ended early at step %d: validation has not fallen for 3 measurements; the weights are those of step %d, the lowest; `swax resume %s --set train.stop=none` trains on from there"
                .formatted(end.step(), end.best(), run));

    Path plain = folder.resolve("plain");
    train(plain, ALL, () -> steps(plain) >= end.best());
    assertThat(Runs.file(run, end.best(), MODEL)).isEqualTo(Runs.file(plain, end.best(), MODEL));
  }

  private static double loss(List<Lowest.Measurement> all, long step) {
    return all.stream().filter(m -> m.step() == step).findFirst().orElseThrow().loss();
  }

  private static long steps(Path run) {
    try {
      return MetricLines.read(run.resolve(Metrics.FILE)).steps();
    } catch (IOException e) {
      return 0;
    }
  }

  /** What a kill leaves: no checkpoint of the step, a validation that was or was not written. */
  @Test
  void aRunKilledAnywhereEndsAlike() throws IOException {
    Path whole = folder.resolve("whole");
    Outcome expected = train(whole, STOPPING, () -> false);
    for (int after = 1; after < 160; after += 13) {
      Path run = folder.resolve("run" + after);
      var asked = new AtomicInteger();
      int killed = after;
      BooleanSupplier kill =
          () -> {
            if (asked.incrementAndGet() == killed) {
              throw new IllegalStateException("killed");
            }
            return false;
          };
      assertThatThrownBy(() -> train(run, STOPPING, kill)).hasMessage("killed");
      Outcome outcome = train(run, STOPPING, () -> false);
      assertThat(outcome).as("killed at question %d", after).isEqualTo(expected);
      assertThat(end(run)).isEqualTo(end(whole));
      assertThat(validations(run)).isEqualTo(validations(whole));
      assertThat(Runs.file(run, end(run).best(), MODEL))
          .isEqualTo(Runs.file(whole, end(whole).best(), MODEL));
    }
  }

  @Test
  void whatIsLeftOfLaterStepsIsRemovedWhenTheRunIsOpenedAgain() throws IOException {
    Path run = folder.resolve("run");
    Outcome first = train(run, STOPPING, () -> false);
    List<String> lines = Files.readAllLines(run.resolve(Metrics.FILE));
    Files.createDirectory(RunDirectory.checkpoints(run, 2).path(end(run).step()));
    assertThat(train(run, STOPPING, () -> false)).isEqualTo(first);
    assertThat(RunDirectory.checkpoints(run, 2).steps().getFirst()).isEqualTo(end(run).best());
    assertThat(Files.readAllLines(run.resolve(Metrics.FILE))).isEqualTo(lines);
  }

  @Test
  void withoutTheRuleItTrainsOnAsIfThereHadNeverBeenOne() throws IOException {
    Path plain = folder.resolve("plain");
    train(plain, ALL, () -> false);
    Path run = folder.resolve("run");
    train(run, STOPPING, () -> false);
    var values = new LinkedHashMap<String, String>();
    values.put("train.stop", "not set");
    var change =
        new Manifest.Change(end(run).best(), new ArrayList<>(List.of("train.stop=none")), values);
    try (RunDirectory directory = RunDirectory.open(run)) {
      directory.continueOn("cpu", Optional.of(change));
    }
    assertThat(RunFiles.of(run).manifest().ended()).isNull();
    train(run, ALL, () -> false);
    assertThat(Runs.file(run, STEPS, MODEL)).isEqualTo(Runs.file(plain, STEPS, MODEL));
    assertThat(validations(run)).isEqualTo(validations(plain));
  }

  @Test
  void aDamagedCheckpointOfTheLowestIsToldOf() throws IOException {
    Path run = folder.resolve("run");
    train(run, STOPPING, () -> false);
    long best = end(run).best();
    damage(run, best);
    assertThatThrownBy(() -> train(run, STOPPING, () -> false))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "the checkpoint of step %d, which had the lowest validation of %s, cannot be used: model.safetensors: its 3 bytes are not what was written",
            best, run);
  }

  private static void damage(Path run, long step) throws IOException {
    Files.write(RunDirectory.checkpoints(run, 2).path(step).resolve(MODEL), new byte[3]);
  }

  @Test
  void nothingIsRemovedForACheckpointThatCannotBeUsed() throws IOException {
    Path whole = folder.resolve("whole");
    train(whole, STOPPING, () -> false);
    EarlyEnd end = end(whole);
    Path run = folder.resolve("run");
    train(run, STOPPING, () -> steps(run) >= end.step() - 1);
    List<Long> before = RunDirectory.checkpoints(run, 2).steps();
    damage(run, end.best());
    assertThatThrownBy(() -> train(run, STOPPING, () -> false))
        .hasMessageContaining("cannot be used");
    assertThat(RunDirectory.checkpoints(run, 2).steps()).containsAll(before);
    assertThat(RunFiles.of(run).manifest().ended()).isNull();
    assertThat(train(run, ALL, () -> false).step()).isEqualTo(STEPS);
  }

  /** Validation has stalled already, but the weights of the lowest are gone. */
  @Test
  void aRuleThatComesLaterCountsFromWeightsThatAreThere() throws IOException {
    Path whole = folder.resolve("whole");
    train(whole, STOPPING, () -> false);
    Path run = folder.resolve("run");
    long later = end(whole).step() + 1;
    train(run, ALL, () -> steps(run) >= later);
    List<Long> before = RunDirectory.checkpoints(run, 2).steps();
    assertThat(before).hasSize(2).doesNotContain(end(whole).best());
    Outcome outcome = train(run, STOPPING, () -> steps(run) >= later + 1);
    assertThat(outcome).isEqualTo(new Outcome(true, later + 1, null));
    assertThat(RunFiles.of(run).manifest().ended()).isNull();
    assertThat(RunDirectory.checkpoints(run, 2).steps()).contains(later);
    assertThat(run.resolve("log.txt"))
        .content()
        .contains(
            "validation was lowest at step %d, whose weights are not kept; `stop` begins with the next validation"
                .formatted(end(whole).best()));
  }

  @Test
  void aRuleThatComesLaterGoesBackToWeightsThatAreThere() throws IOException {
    Path whole = folder.resolve("whole");
    train(whole, STOPPING, () -> false);
    long later = end(whole).step();
    Path run = folder.resolve("run");
    Recipe often = Runs.recipe(STEPS, EVERY, EVERY); // so the last two validations are saved
    train(run, often, () -> steps(run) >= later);
    train(run, Runs.stopping(often, 1), () -> false);
    assertThat(end(run)).isEqualTo(new EarlyEnd(later, later - EVERY, 1));
    assertThat(RunDirectory.checkpoints(run, 2).steps()).containsExactly(later - EVERY);
    assertThat(run.resolve("log.txt"))
        .content()
        .contains("`stop` begins with that of step " + (later - EVERY));
  }
}
