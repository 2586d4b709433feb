package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a training can be asked beside its recipe, and how it is stopped. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SessionTest {
  @TempDir Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    SmallFile.write(folder, 4);
  }

  private Run swax(String... arguments) {
    return Run.in(folder, arguments);
  }

  private long steps() throws IOException {
    return Child.steps(folder.resolve("run/metrics.jsonl"));
  }

  @Test
  void aWantedLossEndsTheRunAndItGoesOnFromThere() throws IOException {
    Run ended =
        swax(
            "train",
            "m.swax",
            "--run-dir",
            "run",
            "--set",
            "train.validate_every=2 step",
            "--until-loss",
            "100",
            "--tensorboard");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err()).contains("the wanted loss is reached after step 2 of 4");
    assertThat(ended.out()).contains("validation perplexity", "sample:");
    assertThat(folder.resolve("run/sample.txt")).isNotEmptyFile();
    assertThat(folder.resolve("run/tensorboard")).isNotEmptyDirectory();
    assertThat(steps()).isEqualTo(2);
    Run resumed = swax("resume", "run", "--until-loss", "0.001");
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(steps()).isEqualTo(4);
    swax("resume", "run", "--until-loss", "-1").isRefused("`--until-loss` is -1.0");
  }

  @Test
  void anotherCommandStopsATraining() throws IOException, InterruptedException, ExecutionException {
    CompletableFuture<Run> training =
        CompletableFuture.supplyAsync(() ->
            swax(
                "train",
                "m.swax",
                "--run-dir",
                "run",
                "--threads",
                "1",
                "--set",
                "train.budget=1000000 step",
                "--then",
                "echo $SWAX_CODE > ended"));
    while (steps() < 2 && !training.isDone()) {
      Thread.sleep(10);
    }
    Run asked = swax("stop", "run", "--no-wait");
    assertThat(asked.code()).as(asked.err()).isZero();
    Run trained = training.get();
    assertThat(trained.code()).as(trained.err()).isEqualTo(75);
    assertThat(trained.err()).contains("stopped after step");
    assertThat(folder.resolve("run/stop")).doesNotExist();
    assertThat(folder.resolve("ended")).hasContent("75");
  }

  @Test
  void whatNobodyTrainsIsNotStopped() throws IOException {
    swax("stop", "run").isRefused("there is no run");
    Run ended =
        swax(
            "train",
            "m.swax",
            "--run-dir",
            "run",
            "--bell",
            "--then",
            "echo $SWAX_CODE > ended; exit 3");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err()).contains("\u0007", "ended with exit code 3");
    assertThat(folder.resolve("ended")).hasContent("0");
    String[] holder = Files.readString(folder.resolve("run/run.lock")).split(" ");
    Files.writeString(folder.resolve("run/run.lock"), holder[0] + " 1 " + holder[2]);
    swax("stop", "run").isRefused("no process trains");
    assertThat(folder.resolve("run/stop")).doesNotExist();
    swax("train", "nothing.swax", "--then", "echo $SWAX_CODE > ended");
    assertThat(folder.resolve("ended")).hasContent("2");
  }
}
