package dev.swax.runtime.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.faultydisk.FaultyDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other machines make in folders, where this one remembers what was not there. */
class DiskOfNetworkTest {
  @TempDir Path folder;

  @Test
  void whatCameMeanwhileIsSeenOnceItsFolderIsOpened() throws IOException {
    Path file = FaultyDisk.ofNetwork().on(folder.resolve("runs/a/manifest.json"));
    assertThat(Disk.isThere(file)).isFalse();
    assertThat(Disk.isFolder(file.resolveSibling("."))).isFalse();
    Files.createDirectories(folder.resolve("runs/a"));
    Files.writeString(folder.resolve("runs/a/manifest.json"), "{}");
    assertThat(Disk.isThere(file)).as("what is remembered").isFalse();
    assertThat(Disk.comes(file)).isTrue();
  }

  @Test
  void eachSeesThePartsOfAll() throws IOException {
    Path file = SharedFile.create(folder);
    Path elsewhere = FaultyDisk.ofNetwork().on(file);
    assertThat(SharedFile.write(file, 0)).isTrue();
    assertThat(SharedFile.has(elsewhere, 0)).isTrue();
    assertThat(SharedFile.has(elsewhere, 1)).isFalse();
    assertThat(SharedFile.write(elsewhere, 2)).isTrue();
    assertThat(SharedFile.has(file, 1)).as("between two parts").isFalse();
    assertThat(SharedFile.write(elsewhere, 1)).isTrue();
    for (int rank = 0; rank < 3; rank++) {
      assertThat(SharedFile.sees(file, rank)).isTrue();
    }
  }

  /** Also a lock, which some disks of networks do not give. */
  @Test
  void whateverCallFailsIsTold() throws IOException {
    Path file = SharedFile.create(folder);
    boolean failed = true;
    for (int call = 1; failed; call++) {
      FaultyDisk disk = FaultyDisk.failingAt(call);
      String said = write(disk.on(file));
      failed = disk.hasFailed();
      assertThat(said).isEqualTo(failed ? "fault at call " + call : "written");
    }
  }

  private static String write(Path file) {
    try {
      return SharedFile.write(file, 0) ? "written" : "not seen";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
