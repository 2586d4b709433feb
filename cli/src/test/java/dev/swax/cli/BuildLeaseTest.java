package dev.swax.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.process.ProcessSpace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which build a process says that it uses. */
class BuildLeaseTest {
  @TempDir Path folder = Path.of("");

  @Test
  void itIsHeldWhileTheProcessRuns() throws IOException {
    Path leases = Files.createDirectory(folder.resolve("leases"));
    String classes = folder.resolve("classes.1") + File.pathSeparator;
    Path expected = leases.resolve("lib.x." + ProcessHandle.current().pid());
    try (var lease = BuildLease.take(classes + folder.resolve("lib.x/a.jar"))) {
      assertThat(expected).as("%s", lease).hasContent(ProcessSpace.current().orElse(""));
    }
    assertThat(expected).doesNotExist();
  }

  @Test
  void whatNoLauncherBuiltNeedsNone() throws IOException {
    Files.createDirectory(folder.resolve("target"));
    try (var lease = BuildLease.take(folder.resolve("target/classes") + File.pathSeparator)) {
      assertThat(folder).as("%s", lease).isDirectoryNotContaining("glob:leases");
    }
    try (var lease = BuildLease.take(folder.resolve("lib.x/a.jar").toString())) {
      assertThat(folder)
          .as("a build before there were leases: %s", lease)
          .isDirectoryNotContaining("glob:leases");
    }
  }
}
