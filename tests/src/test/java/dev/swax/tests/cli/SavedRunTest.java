package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.file.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run has all that decides it, whatever becomes of the files that it was started from. */
class SavedRunTest {
  private static final String MODEL =
      """
      edition 1
      import "std/models"
      model tiny = swax(width: 32, blocks: 2, window: 8)
      """;
  private static final String TRAIN =
      """
      edition 1
      import "../models/tiny.swax"
      data text { files = ["text/a.txt"] validation = ["text/b.txt"] }
      train small {
        model = tiny
        data = text
        seq = 64 tok
        batch = 128 tok
        budget = 6 step
        lr = constant(rate: 1e-2)
        validation_tokens = 128 tok
        sample_tokens = 4 tok
      }
      """;

  @TempDir Path folder = Path.of("");

  /** Trains two steps of six; the run. */
  private Path begin() throws IOException {
    Path text = Files.createDirectories(folder.resolve("start/text"));
    Files.writeString(text.resolve("a.txt"), "a word and a window ".repeat(40));
    Files.writeString(text.resolve("b.txt"), "a layer and a state ".repeat(20));
    Files.createDirectories(folder.resolve("models"));
    Files.writeString(folder.resolve("models/tiny.swax"), MODEL);
    Path file = Files.writeString(folder.resolve("start/m.swax"), TRAIN);
    Path run = folder.resolve("run");
    var asked = new AtomicInteger();
    Run begun =
        Run.until(
            () -> asked.incrementAndGet() > 2,
            folder,
            "train",
            file.toString(),
            "--run-dir",
            run.toString());
    assertThat(begun.code()).as(begun.err()).isEqualTo(75);
    return run;
  }

  @Test
  void itIsReadAgainWithoutItsImportsAndAtAnotherPlace() throws IOException {
    Path begun = begin();
    assertThat(begun.resolve("imports/1-tiny.swax")).hasContent(MODEL);
    Files.writeString(folder.resolve("models/tiny.swax"), "edition 1\nmodel tiny = nothing\n");
    Files.delete(folder.resolve("start/m.swax"));
    Path run = Files.move(begun, Files.createDirectories(folder.resolve("moved")).resolve("run"));
    Run resumed = Run.swax("resume", run.toString());
    assertThat(resumed.code()).as(resumed.err()).isZero();
    Run generated = Run.swax("generate", run.toString(), "--prompt", "a ", "--length", "4");
    assertThat(generated.code()).as(generated.err()).isZero();
    Run scored =
        Run.swax("eval", run.toString(), "--task", "mqar(length: 32, pairs: 2, vocab: 64)");
    assertThat(scored.code()).as(scored.err()).isZero();
    assertThat(Run.swax("eval", run.toString()).code()).isZero();
  }

  @Test
  void aMovedProjectGoesOn() throws IOException {
    begin();
    Path moved = Files.move(folder, folder.resolveSibling("moved-" + folder.getFileName()));
    try {
      String run = moved.resolve("run").toString();
      Run resumed = Run.swax("resume", run);
      assertThat(resumed.code()).as(resumed.err()).isZero();
      assertThat(resumed.err()).doesNotContain("where the run began");
      assertThat(Run.swax("eval", run).code()).isZero();
      assertThat(Run.swax("generate", run, "--prompt", "a ", "--length", "4").code()).isZero();
      assertThat(Run.in(moved.resolve("start"), "eval", "../run").code()).isZero();
    } finally {
      Files.move(moved, folder);
    }
  }

  @Test
  void aCopiedProjectReadsItsOwnText(@TempDir Path other) throws IOException {
    begin();
    Path copy = other.resolve("copy");
    copy(folder, copy);
    String own = evaluated(copy);
    Files.writeString(folder.resolve("start/text/b.txt"), "zyx wvu tsr qpo ".repeat(30));
    assertThat(evaluated(copy)).isEqualTo(own);
    Run original = Run.swax("eval", folder.resolve("run").toString(), "--json");
    assertThat(original.out()).isNotEqualTo(own);
    assertThat(original.err()).contains("data.validation has changed since the run began");
    Disk.deleteTree(folder.resolve("start"));
    assertThat(evaluated(copy)).isEqualTo(own);
    Run resumed = Run.swax("resume", copy.resolve("run").toString());
    assertThat(resumed.code()).as(resumed.err()).isZero();
  }

  private static String evaluated(Path project) {
    Run run = Run.swax("eval", project.resolve("run").toString(), "--json");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).doesNotContain("has changed").doesNotContain("where the run began");
    return run.out();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  @Test
  void aRunThatWasMovedAloneSaysWhereItReads() throws IOException {
    Path begun = begin();
    Path run = Files.move(begun, Files.createDirectories(folder.resolve("moved")).resolve("run"));
    Run scored = Run.swax("eval", run.toString());
    assertThat(scored.code()).as(scored.err()).isZero();
    assertThat(scored.err())
        .contains("reading from " + folder.resolve("start") + ", where the run began")
        .contains("there is no " + folder.resolve("moved/start/m.swax"));
    Disk.deleteTree(folder.resolve("start"));
    Run.swax("eval", run.toString()).isRefused("moved/start");
  }

  @Test
  void weightsAloneAreEnoughToUseAModelAndTheStepIsSaid() throws IOException {
    Path run = begin();
    Path checkpoint = Disk.entries(run.resolve("checkpoints")).getLast();
    int step = Integer.parseInt(checkpoint.getFileName().toString());
    Files.delete(checkpoint.resolve("optim.safetensors"));
    String told = "weights of step %d of 6, from %s".formatted(step, checkpoint);
    String json = "\"step\" : %d,".formatted(step);
    Run scored = Run.swax("eval", run.toString(), "--json");
    assertThat(scored.code()).as(scored.err()).isZero();
    assertThat(scored.out()).contains(json);
    assertThat(scored.err()).contains(told);
    Run task =
        Run.swax(
            "eval",
            run.toString(),
            "--task",
            "mqar(length: 32, pairs: 2, vocab: 64)",
            "--examples",
            "2",
            "--json");
    assertThat(task.out()).contains(json);
    assertThat(task.err()).contains(told);
    Run generated = Run.swax("generate", run.toString(), "--prompt", "a ", "--length", "4");
    assertThat(generated.err()).contains(told);
    Run.swax("resume", run.toString()).isRefused("no complete checkpoint in");
  }

  @Test
  void anotherValidationTextDoesNotKeepItFromGoingOn() throws IOException {
    Path run = begin();
    Files.writeString(folder.resolve("start/text/b.txt"), "another text ".repeat(30));
    Run resumed = Run.swax("resume", run.toString());
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("data.validation has changed since the run began");
  }

  @Test
  void anotherProfileIsForAnotherRun() {
    Run.swax("resume", "run", "--profile", "tiny")
        .isRefused("a run continues with the profile that it began with", "--set path=value");
  }

  @Test
  void anotherTrainingTextDoes() throws IOException {
    Path run = begin();
    Files.writeString(folder.resolve("start/text/a.txt"), "another text ".repeat(60));
    Run.swax("resume", run.toString()).isRefused("the data has changed since the run began");
  }
}
