package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights are used with the model that they were trained in, or not at all. */
class AlteredRunTest {
  @TempDir Path folder = Path.of("");

  private static Path trained = Path.of("");

  @BeforeAll
  static void train(@TempDir Path place) throws IOException {
    trained = place;
    SmallFile.write(trained, 2);
    Run run = Run.in(trained, "train", "m.swax", "--run-dir", "run");
    assertThat(run.code()).as(run.err()).isZero();
  }

  @Test
  void ofAnotherWindow() throws IOException {
    edit("run.swax", "64: rest", "32: rest");
    refused("run.swax has changed since the run began");
  }

  @Test
  void ofAnotherImport() throws IOException {
    edit("imports/1-models.swax", "edition 1", "edition 1 ");
    refused("imports has changed since the run began");
  }

  @Test
  void withAnotherSetting() throws IOException {
    edit("config.txt", "run.train = small", "run.train = small\nrun.set.1 = drawn=8");
    refused("config.txt has changed since the run began");
  }

  @Test
  void withAnotherManifest() throws IOException {
    edit("manifest.json", "\"source\"", "\"sauce\"");
    refused("manifest.json is damaged: its checksum does not fit");
  }

  @Test
  void withATornManifest() throws IOException {
    edit("manifest.json", "}", "");
    refused("manifest.json is damaged: it is not JSON, from line ");
  }

  @Test
  void thatSaysNothingOfItself() throws IOException {
    copy();
    Files.delete(folder.resolve("run/config.txt"));
    refused("is not a run directory: it has no config.txt");
  }

  /** Whose recipe had not all words of now. */
  @Test
  void ofAnEarlierSwaxDoesNotGoOn() throws IOException {
    edit("config.txt", "train.keep = 2\n", "");
    Sealing.seal(folder.resolve("run"));
    doesNotGoOn("`train.keep` was not set, is 2");
  }

  /** Whose program computed in another order. */
  @Test
  void ofAnEarlierCompilerDoesNotGoOn() throws IOException {
    edit("src/swax/generated/Swax.java", "public final class Swax", "final class Swax");
    Sealing.seal(folder.resolve("run"));
    doesNotGoOn("the generated program differs from ");
  }

  private void doesNotGoOn(String why) {
    String[] told = {why, "swax has changed since the run began; use the older swax"};
    Run.in(folder, "resume", "run").isRefused(told);
    Run.in(folder, "resume", "run", "--set", "train.budget=4 step").isRefused(told);
    Run used = Run.in(folder, "generate", "run", "--length", "2");
    assertThat(used.code()).as(used.err()).isZero();
  }

  private void edit(String file, String before, String after) throws IOException {
    copy();
    Path path = folder.resolve("run").resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(before);
    Files.writeString(path, text.replace(before, after));
  }

  private void copy() throws IOException {
    Folders.copy(trained, folder);
  }

  private void refused(String... told) {
    Run.in(folder, "resume", "run").isRefused(told);
    Run.in(folder, "eval", "run").isRefused(told);
    Run.in(folder, "eval", "run", "--task", "mqar(length: 32, pairs: 2, vocab: 64)")
        .isRefused(told);
    Run.in(folder, "generate", "run").isRefused(told);
  }
}
