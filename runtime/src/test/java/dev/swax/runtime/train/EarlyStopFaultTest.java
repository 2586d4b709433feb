package dev.swax.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.faultydisk.FaultyDisk;
import dev.swax.runtime.data.Split;
import dev.swax.runtime.testing.BagProgram;
import dev.swax.runtime.testing.Runs;
import dev.swax.runtime.testing.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed at a call to the disk, while its rule keeps weights and ends the run.
 */
class EarlyStopFaultTest {
  private static final String MODEL = "model.safetensors";
  private static final Recipe RECIPE = Runs.stopping(Runs.recipe(80, 7, 4), 2);

  @TempDir Path folder;
  private Path whole;
  private Outcome expected;
  private EarlyEnd end;

  @BeforeEach
  void train() {
    whole = folder.resolve("whole");
    expected = train(whole, Long.MAX_VALUE);
    end = end(whole);
  }

  /** Trains on until so many steps are done, or to the end. */
  private static Outcome train(Path path, long steps) {
    var other = Texts.corpus(Texts.document("other", "8 - 3 = 5; 7 - 1 = 6; ".repeat(12)));
    var text = new Split(Texts.sums().training(), other);
    var program = BagProgram.create(2, 16);
    try (RunDirectory run = Runs.directory(path, text)) {
      return new Trainer(Runs.job(RECIPE, program, run, text, () -> program.updates() >= steps))
          .run();
    }
  }

  private static EarlyEnd end(Path run) {
    return Objects.requireNonNull(RunFiles.of(run).manifest().ended());
  }

  /** The weights of the lowest are kept beside those of a checkpoint that is due. */
  @Test
  void whileTheLowestIsKept() throws IOException {
    killedAtEveryCall(end.best() - 1, 13);
  }

  /** The manifest is written, and what is later is removed. */
  @Test
  void whileTheRunGoesBack() throws IOException {
    killedAtEveryCall(end.step() - 1, 2);
  }

  /** From a run that has done so many steps; of so many calls each first one. */
  private void killedAtEveryCall(long steps, int every) throws IOException {
    Path near = folder.resolve("near");
    train(near, steps);
    for (int call = 1; ; call += every) {
      Path run = folder.resolve("run" + call);
      copy(near, run);
      FaultyDisk disk = FaultyDisk.killedAt(call);
      try {
        train(disk.on(run), Long.MAX_VALUE);
        assertThat(disk.hasFailed()).isFalse();
        return;
      } catch (FaultyDisk.Killed e) {
        assertThat(disk.hasFailed()).isTrue();
      }
      assertThat(train(run, Long.MAX_VALUE)).as("killed at call %d", call).isEqualTo(expected);
      assertThat(end(run)).isEqualTo(end);
      assertThat(RunDirectory.checkpoints(run, 2).steps()).startsWith(end.best());
      assertThat(Runs.file(run, end.best(), MODEL)).isEqualTo(Runs.file(whole, end.best(), MODEL));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
