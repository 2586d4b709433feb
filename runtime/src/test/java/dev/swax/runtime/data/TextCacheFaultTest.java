package dev.swax.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.faultydisk.FaultyDisk;
import dev.swax.runtime.UserError;
import dev.swax.runtime.file.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Caches while calls to the disk fail and processes are killed. */
class TextCacheFaultTest {
  private static final TextSource SOURCE =
      new TextSource(List.of("text/1.txt", "text/5.txt", "text/9b.txt"), List.of("text/7.txt"), 0);

  @TempDir Path folder;
  private final CacheTexts texts = new CacheTexts();
  private List<String> expected = List.of();

  private Path cache() {
    return folder.resolve("cache");
  }

  @BeforeEach
  void build() throws IOException {
    CacheTexts.write(folder.resolve("text"));
    load(FaultyDisk.sound());
    expected = texts.files(cache());
  }

  private void load(FaultyDisk disk) {
    Caching caching = texts.committing(disk.on(cache()));
    new TextLoader(folder, caching).load(SOURCE, CacheTexts.FEW);
  }

  /** A call after another; then the next process makes the same files of what is left. */
  @Test
  void whereverTheProcessIsKilledTheNextOneEndsWithTheSameBytes() throws IOException {
    boolean killed = true;
    for (int call = 1; killed; call += step(call)) {
      Disk.deleteTree(cache());
      FaultyDisk disk = FaultyDisk.killedAt(call);
      try {
        load(disk);
      } catch (FaultyDisk.Killed _) {
        // as intended
      }
      killed = disk.hasFailed();
      load(FaultyDisk.sound());
      assertThat(texts.files(cache())).as("killed at call %d", call).isEqualTo(expected);
    }
    assertThat(texts.messages()).contains("tokens, which were made before");
  }

  @Test
  void whereverACallFailsThatIsSaidAndTheNextProcessGoesOn() throws IOException {
    boolean failed = true;
    for (int call = 1; failed; call += step(call)) {
      Disk.deleteTree(cache());
      FaultyDisk disk = FaultyDisk.failingAt(call);
      try {
        load(disk);
      } catch (UserError e) {
        assertThat(e).hasMessageMatching("(?s)cannot (write|use) the cache of tokens .*: .+");
      }
      failed = disk.hasFailed();
      load(FaultyDisk.sound());
      assertThat(texts.files(cache())).as("fault at call %d", call).isEqualTo(expected);
    }
  }

  /** All of the first calls, and every fourth of the others. */
  private static int step(int call) {
    return call < 12 ? 1 : 4;
  }
}
