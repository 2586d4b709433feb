package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pipe or a device in the place of a file of a run: one message, and at once. */
@DisabledOnOs(OS.WINDOWS)
class EndlessFileTest {
  @SuppressWarnings("NonFinalStaticField") // JUnit sets it
  @TempDir
  static Path trained = Path.of("");

  @TempDir Path folder = Path.of("");

  @BeforeAll
  static void train() throws IOException {
    SmallFile.write(trained, 2);
    Run run = Run.in(trained, "train", "m.swax", "--run-dir", "run");
    assertThat(run.code()).as(run.err()).isZero();
  }

  @ParameterizedTest
  @Timeout(20)
  @ValueSource(
      strings = {
        "run.swax",
        "imports/1-models.swax",
        "config.txt",
        "manifest.json",
        "checkpoints/00000002/state.json",
        "checkpoints/00000002/model.safetensors"
      })
  void ofARun(String file) throws Exception {
    Folders.copy(trained, folder);
    Path path = folder.resolve("run").resolve(file);
    Files.delete(path);
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
    Run.in(folder, "resume", "run").isRefused("it is a pipe or a device, not a file");
    Files.delete(path);
    Files.createSymbolicLink(path, Path.of("/dev/zero"));
    Run.in(folder, "eval", "run").isRefused("it is a pipe or a device, not a file");
  }

  @ParameterizedTest
  @Timeout(20)
  @ValueSource(strings = {"metrics.jsonl", "run.lock"})
  void ofARunThatGoesOn(String file) throws Exception {
    Folders.copy(trained, folder);
    Path path = folder.resolve("run").resolve(file);
    Files.delete(path);
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
    Run.in(folder, "resume", "run").isRefused("it is a pipe or a device, not a file");
  }
}
