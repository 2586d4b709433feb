package dev.swax.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import dev.swax.runtime.testing.BagProgram;
import dev.swax.runtime.testing.Runs;
import dev.swax.runtime.testing.TrainingChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, really killed. */
class KilledRunTest {
  @TempDir Path folder;
  private @Nullable Process child;

  @AfterEach
  void endChild() {
    if (child != null) {
      child.destroyForcibly();
    }
  }

  /** The child saves at every step, so most of its time goes into saving. */
  @Test
  void killedAtAnyMomentTheResumedRunEndsWithTheSameBits() throws Exception {
    int steps = 600;
    Recipe recipe = Runs.recipe(steps, 0, 0);
    Path whole = folder.resolve("whole");
    Runs.train(whole, recipe, BagProgram.create(2, 16), () -> false);
    long seed = System.nanoTime();
    var random = new SplittableRandom(seed);
    Path run = folder.resolve("run");
    for (int kill = 0; kill < 3; kill++) {
      Process process = start(run, steps, 1, 1);
      waitForLines(process, run, 2);
      Thread.sleep(random.nextInt(100));
      process.destroyForcibly().waitFor();
      assertThat(process.exitValue()).as("137 is death by SIGKILL").isEqualTo(137);
    }
    Runs.train(run, recipe, BagProgram.create(2, 16), () -> false);
    for (String file : new String[] {"model.safetensors", "optim.safetensors"}) {
      assertThat(Runs.file(run, steps, file))
          .as("%s, seed %d", file, seed)
          .isEqualTo(Runs.file(whole, steps, file));
    }
    try (var files = Files.list(run.resolve("checkpoints"))) {
      assertThat(files)
          .as("nothing half-written stays")
          .allMatch(f -> !f.toString().contains("/."));
    }
  }

  @Test
  void theTermSignalSavesAndExitsWith75() throws Exception {
    Path run = folder.resolve("run");
    Process process = start(run, 40, 7, 30);
    waitForLines(process, run, 3);
    process.destroy(); // SIGTERM
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(75);
    long saved = RunDirectory.checkpoints(run, 1).steps().getFirst();
    assertThat(Files.readAllLines(run.resolve("metrics.jsonl"))).hasSize((int) saved);
    assertThat(run.resolve("log.txt")).content().contains("stopped after step " + saved + " of 40");

    Process second = start(run, 40, 7, 0);
    assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(second.exitValue()).isZero();
  }

  @Test
  void aRunInUseByAnotherProcessIsRefused() throws Exception {
    Path run = folder.resolve("run");
    Process process = start(run, 40, 7, 50);
    waitForLines(process, run, 1);
    assertThatThrownBy(() -> RunDirectory.open(run))
        .isInstanceOf(UserError.class)
        .hasMessage("the run directory %s is in use by process %d".formatted(run, process.pid()));
    process.destroyForcibly().waitFor();
    RunDirectory.open(run).close();
  }

  /** Starts a child that trains, pausing after each step. */
  private Process start(Path run, int steps, int checkpointEvery, int pause) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    child =
        new ProcessBuilder(
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                TrainingChild.class.getName(),
                run.toString(),
                Integer.toString(steps),
                Integer.toString(checkpointEvery),
                Integer.toString(pause))
            .inheritIO()
            .start();
    return child;
  }

  /** Until the child has written so many lines more than there were. */
  private static void waitForLines(Process process, Path run, int lines) throws Exception {
    Path metrics = run.resolve("metrics.jsonl");
    long wanted = count(metrics) + lines;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (count(metrics) < wanted) {
      assertThat(process.isAlive()).as("the child is running").isTrue();
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.sleep(2);
    }
  }

  private static long count(Path metrics) throws IOException {
    return Files.exists(metrics)
        ? Files.readString(metrics).chars().filter(c -> c == '\n').count()
        : 0;
  }
}
