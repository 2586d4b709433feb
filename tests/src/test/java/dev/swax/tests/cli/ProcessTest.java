package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainings as processes that are stopped, killed, met by a second one, and out of disk. Most of
 * the time of a process goes into its start, so one training meets all of that in turn, and what
 * needs no process of its own runs in this one. It begins first, since it takes longest.
 */
@Order(1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProcessTest {
  private static final int STEPS = 160;
  private static final int MORE_STEPS_THAN_ANYONE_WAITS_FOR = 1_000_000;
  private static final int MOST_STEPS_BEFORE_A_KILL = 20;
  private static final List<String> FILES =
      List.of("model.safetensors", "optim.safetensors", "state.json");

  /** A limit that progress and metrics stay under, and no checkpoint does. */
  private static final int LITTLE_KIBIBYTES = 100;

  private Installation swax = new Installation(Path.of(""));

  @TempDir Path folder = Path.of("");

  @BeforeAll
  void install(@TempDir Path shared) throws IOException {
    swax = Installation.in(shared.resolve("swax"));
  }

  @Test
  void whateverStopsATrainingItEndsWithTheBytesOfOneThatNothingStops() throws Exception {
    SmallFile.writeForProcesses(folder, STEPS);
    long seed = System.nanoTime();
    var random = new SplittableRandom(seed);
    Path run = folder.resolve("run");
    try (Child child = start("train", "m.swax", "--run-dir", "run")) {
      child.awaitSteps(run, 3);
      whileItRunsASecondProcessIsRefused(child);
      stop(child, run, "TERM");
    }
    aFullDiskKeepsTheOldCheckpoint(run);
    kill(run, random);
    resumeAndStop(run, "INT");
    resumeAndStop(run, "USR1");
    try (Child child = swax.start(folder, "resume", "run", "--threads", "2")) {
      isFinished(child.await(), "run");
    }
    Run whole = Run.in(folder, "train", "m.swax", "--run-dir", "whole", "--threads", "1");
    isFinished(whole, folder.resolve("whole").toString());
    for (String file : FILES) {
      byte[] expected =
          Files.readAllBytes(SmallFile.checkpoint(folder.resolve("whole"), STEPS, file));
      assertThat(SmallFile.checkpoint(run, STEPS, file))
          .as("%s, seed %d", file, seed)
          .hasBinaryContent(expected);
    }
  }

  /** It is held meanwhile, so that it does not end before they are refused. */
  private void whileItRunsASecondProcessIsRefused(Child first) throws Exception {
    String told = "in use by process " + first.process().pid();
    signal(first, "STOP");
    Run.in(folder, "resume", "run").isRefused(told);
    Run.in(folder, "train", "m.swax", "--run-dir", "run").isRefused(told);
    signal(first, "CONT");
  }

  private void aFullDiskKeepsTheOldCheckpoint(Path run) throws Exception {
    List<String> before = checkpoints(run);
    refused(
        swax.startOnFullDisk(folder, LITTLE_KIBIBYTES, "resume", "run"),
        "cannot save checkpoint",
        "File too large",
        "checkpoint %s is kept".formatted(before.getLast()));
    assertThat(checkpoints(run)).as("nothing half-written stays").isEqualTo(before);
    refused(swax.startOnFullDisk(folder, 1, "resume", "run"), "metrics.jsonl");
    assertThat(checkpoints(run)).isEqualTo(before);
  }

  /** Resumes, and kills it some steps later. */
  private void kill(Path run, SplittableRandom random) throws Exception {
    long before = Child.steps(run.resolve("metrics.jsonl"));
    try (Child child = start("resume", "run")) {
      child.awaitSteps(run, before + 1 + random.nextInt(MOST_STEPS_BEFORE_A_KILL));
      Thread.sleep(random.nextInt(30));
      child.process().destroyForcibly();
      assertThat(child.await().code()).as("137 is death by SIGKILL").isEqualTo(137);
    }
  }

  private void resumeAndStop(Path run, String signal) throws Exception {
    long before = Child.steps(run.resolve("metrics.jsonl"));
    try (Child child = start("resume", "run")) {
      child.awaitSteps(run, before + 1);
      stop(child, run, signal);
    }
  }

  /** A signal saves. */
  private static void stop(Child child, Path run, String signal) throws Exception {
    signal(child, signal);
    Run stopped = child.await();
    assertThat(stopped.code()).as("%s: %s", signal, stopped.err()).isEqualTo(75);
    assertThat(stopped.err()).contains("stopped after step ", "`swax resume run` continues");
    long steps = Child.steps(run.resolve("metrics.jsonl"));
    assertThat(steps).as(signal).isBetween(1L, STEPS - 1L);
    assertThat(SmallFile.checkpoint(run, (int) steps, "model.safetensors")).exists();
  }

  private void isFinished(Run finished, String run) throws IOException {
    assertThat(finished.code()).as(finished.err()).isZero();
    assertThat(finished.out())
        .contains("validation perplexity", "run directory: " + run)
        .doesNotContain("CompileCommand"); // what Java tells of its options
    assertThat(Child.steps(folder.resolve(run).resolve("metrics.jsonl"))).isEqualTo(STEPS);
  }

  @Test
  void aSignalToTheRunnerOfAGridSavesItsCells() throws Exception {
    SmallFile.writeForProcesses(folder, MORE_STEPS_THAN_ANYONE_WAITS_FOR);
    Path file = folder.resolve("m.swax");
    String grid =
        """
        grid one "One" {
          using small
          column "SWA" = swa_only(width: 32, blocks: 2, window: 8)
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
    cancelled(cells);
  }

  /** From another process: the runner starts nothing again, and its cell saves. */
  private void cancelled(Path cells) throws Exception {
    try (Child child = start("grid", "run", "m.swax", "--dir", "grid")) {
      child.awaitFile(cells, "claim");
      Run cancel = Run.in(folder, "grid", "cancel", "m.swax", "--dir", "grid");
      assertThat(cancel.out()).as(cancel.err()).contains("told this machine to end 1 process\n");
      Run stopped = child.await();
      assertThat(stopped.code()).as(stopped.err()).isEqualTo(75);
      assertThat(stopped.err()).contains("cancelled with 2 cells left");
      assertThat(Run.in(folder, "grid", "cancel", "m.swax", "--dir", "grid").out())
          .isEqualTo("nothing of the grid is being computed\n");
    }
  }

  @Test
  void aFullDiskEndsATrainingThatCannotEvenBegin() throws Exception {
    SmallFile.writeForProcesses(folder, STEPS);
    refused(
        swax.startOnFullDisk(folder, 1, "train", "m.swax", "--run-dir", "run"),
        "cannot make the run directory");
  }

  @Test
  void resultsThatCannotBeWrittenAreAnError() throws Exception {
    SmallFile.writeForProcesses(folder, STEPS);
    refused(
        swax.shell(folder, "exec \"$0\" info m.swax >/dev/full"),
        "cannot write to standard output");
  }

  @Test
  void whoHasReadEnoughGetsNoError() throws Exception {
    // A hybrid's text is longer than a pipe holds (64 KiB), so its writer is still there when
    // `head` goes, however late that is.
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
    SmallFile.writeForProcesses(folder, STEPS);
    Run.in(folder, "train", "m.swax", "--set", "train.model=swax(width: 64Ki)")
        .isRefused("needs", "this machine has", "width");
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

  private static void signal(Child child, String signal) throws Exception {
    new ProcessBuilder("kill", "-" + signal, "" + child.process().pid()).start().waitFor();
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
