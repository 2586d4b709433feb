package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings as processes that are stopped, killed, met by a second one, and out of disk. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProcessTest {
  private static final int STEPS = 100;
  private static final int MORE_STEPS_THAN_ANYONE_WAITS_FOR = 1_000_000;
  private static final List<String> FILES =
      List.of("model.safetensors", "optim.safetensors", "state.json");

  /** A limit that progress and metrics stay under, and no checkpoint does. */
  private static final int LITTLE_KIBIBYTES = 100;

  private final Map<String, byte[]> expected = new LinkedHashMap<>();
  private Installation swax = new Installation(Path.of(""));

  @TempDir Path folder = Path.of("");

  /** The last checkpoint of a training that nothing disturbs. */
  @BeforeAll
  void trainWithoutAStop(@TempDir Path shared) throws Exception {
    swax = Installation.in(shared.resolve("swax"));
    SmallFile.write(shared, STEPS);
    try (Child child =
        swax.start(shared, "train", "m.swax", "--run-dir", "run", "--threads", "1")) {
      Run run = child.await();
      assertThat(run.code()).as(run.err()).isZero();
    }
    for (String file : FILES) {
      expected.put(
          file, Files.readAllBytes(SmallFile.checkpoint(shared.resolve("run"), STEPS, file)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT", "USR1"})
  void aSignalSavesAndResumeEndsWithTheSameBytes(String signal) throws Exception {
    finish(stoppedRun(signal), 2);
  }

  @Test
  void aSignalToTheRunnerOfAGridSavesItsCells() throws Exception {
    SmallFile.write(folder, MORE_STEPS_THAN_ANYONE_WAITS_FOR);
    Path file = folder.resolve("m.swax");
    String grid =
        """
        grid one "One" {
          using small
          column "SWAX" = swax(width: 32, blocks: 2, window: 8)
          row loss = perplexity(text)
        }
        """;
    Files.writeString(file, Files.readString(file) + grid);
    Path cells = folder.resolve("grid/cells");
    try (Child child = start("grid", "run", "m.swax", "--dir", "grid")) {
      Path run = child.awaitFile(cells, "metrics.jsonl").resolveSibling(".").normalize();
      child.awaitSteps(run, 2);
      signal(child, "USR1");
      Run stopped = child.await();
      assertThat(stopped.code()).as(stopped.err()).isEqualTo(75);
      assertThat(checkpoints(run)).as("no cell dies without saving").isNotEmpty();
      assertThat(Files.readString(run.resolve("log.txt"))).contains("stopped after step");
    }
  }

  @Test
  void aKilledRunResumesToTheSameBytes() throws Exception {
    SmallFile.write(folder, STEPS);
    Path run = folder.resolve("run");
    long seed = System.nanoTime();
    var random = new SplittableRandom(seed);
    String[] verb = {"train", "m.swax", "--run-dir", "run"};
    for (int kill = 0; kill < 2; kill++) {
      try (Child child = start(verb)) {
        child.awaitSteps(run, Child.steps(run.resolve("metrics.jsonl")) + 1 + random.nextInt(20));
        Thread.sleep(random.nextInt(30));
        child.process().destroyForcibly();
        assertThat(child.await().code())
            .as("137 is death by SIGKILL, seed %d", seed)
            .isEqualTo(137);
      }
      verb = new String[] {"resume", "run"};
    }
    finish(run, 1);
  }

  @Test
  void aSecondProcessIsRefused() throws Exception {
    SmallFile.write(folder, MORE_STEPS_THAN_ANYONE_WAITS_FOR);
    Path run = folder.resolve("run");
    try (Child first = start("train", "m.swax", "--run-dir", "run")) {
      first.awaitSteps(run, 1);
      String told = "in use by process " + first.process().pid();
      refused(start("resume", "run"), told);
      refused(start("train", "m.swax", "--run-dir", "run"), told);
      first.process().destroy();
      assertThat(first.await().code()).isEqualTo(75);
    }
  }

  @Test
  void aFullDiskKeepsTheOldCheckpoint() throws Exception {
    Path run = stoppedRun();
    List<String> before = checkpoints(run);
    refused(
        swax.startOnFullDisk(folder, LITTLE_KIBIBYTES, "resume", "run"),
        "cannot save checkpoint",
        "File too large",
        "checkpoint %s is kept".formatted(before.getLast()));
    assertThat(checkpoints(run)).as("nothing half-written stays").isEqualTo(before);
    finish(run, 1);
  }

  @Test
  void aFullDiskEndsATrainingThatCannotEvenBegin() throws Exception {
    SmallFile.write(folder, STEPS);
    refused(
        swax.startOnFullDisk(folder, 1, "train", "m.swax", "--run-dir", "run"),
        "cannot make the run directory");
  }

  @Test
  void aFullDiskEndsATrainingThatCannotWriteItsMetrics() throws Exception {
    stoppedRun();
    refused(swax.startOnFullDisk(folder, 1, "resume", "run"), "metrics.jsonl");
  }

  @Test
  void resultsThatCannotBeWrittenAreAnError() throws Exception {
    SmallFile.write(folder, STEPS);
    refused(
        swax.shell(folder, "exec \"$0\" info m.swax >/dev/full"),
        "cannot write to standard output");
  }

  @Test
  void whoHasReadEnoughGetsNoError() throws Exception {
    SmallFile.write(folder, STEPS);
    String line = "set -o pipefail; \"$0\" dump --after=java m.swax | head -n 1";
    try (Child child = swax.shell(folder, line)) {
      Run run = child.await();
      assertThat(run.out()).startsWith("// Generated");
      assertThat(run.err()).isEmpty();
      assertThat(run.code()).isEqualTo(141);
    }
  }

  @Test
  void whatDoesNotFitIntoTheMachineIsRefusedBeforeItIsAllocated() throws Exception {
    SmallFile.write(folder, STEPS);
    refused(
        start("train", "m.swax", "--set", "train.model=swax(width: 64Ki)"),
        "needs",
        "this machine has",
        "width");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void theWarningOfTheVirtualMachineIsNotShown() throws Exception {
    try (Child child = swax.start(folder, "--version")) {
      Run run = child.await();
      assertThat(run.code()).isZero();
      assertThat(run.out()).startsWith("swax ");
      assertThat(run.err()).isEmpty();
    }
  }

  /** A run that a signal has stopped, with a checkpoint. */
  private Path stoppedRun() throws Exception {
    return stoppedRun("TERM");
  }

  private static void signal(Child child, String signal) throws Exception {
    new ProcessBuilder("kill", "-" + signal, "" + child.process().pid()).start().waitFor();
  }

  private Path stoppedRun(String signal) throws Exception {
    SmallFile.write(folder, STEPS);
    Path run = folder.resolve("run");
    try (Child child = start("train", "m.swax", "--run-dir", "run")) {
      child.awaitSteps(run, 3);
      signal(child, signal);
      Run stopped = child.await();
      assertThat(stopped.code()).as(stopped.err()).isEqualTo(75);
      assertThat(stopped.err()).contains("stopped after step ", "`swax resume run` continues");
    }
    long steps = Child.steps(run.resolve("metrics.jsonl"));
    assertThat(steps).isBetween(3L, STEPS - 1L);
    assertThat(SmallFile.checkpoint(run, (int) steps, "model.safetensors")).exists();
    return run;
  }

  /** Resumes to the end; the last checkpoint is that of a training without a stop. */
  private void finish(Path run, int threads) throws Exception {
    try (Child child = swax.start(folder, "resume", "run", "--threads", "" + threads)) {
      Run resumed = child.await();
      assertThat(resumed.code()).as(resumed.err()).isZero();
      assertThat(resumed.out()).contains("validation perplexity", "run directory: run");
    }
    assertThat(Child.steps(run.resolve("metrics.jsonl"))).isEqualTo(STEPS);
    for (String file : FILES) {
      assertThat(SmallFile.checkpoint(run, STEPS, file))
          .as(file)
          .hasBinaryContent(expected.getOrDefault(file, new byte[0]));
    }
  }

  /** With one thread, since others use the machine too. */
  private Child start(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--threads", "1"));
    return swax.start(folder, all.toArray(String[]::new));
  }

  private static void refused(Child child, String... told) throws Exception {
    try (child) {
      child.await().isRefused(told);
    }
  }

  private static List<String> checkpoints(Path run) throws IOException {
    try (var files = Files.list(run.resolve("checkpoints"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
