package dev.swax.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.faultydisk.FaultyDisk;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatTest {
  private static final Duration SOON = Duration.ofMillis(5);
  private static final int MOST_LOOKS = 2000;
  private static final FileTime OLD = FileTime.fromMillis(0);

  @TempDir Path folder;

  /** A network that is away for a moment: neither the file nor its owner can be looked at. */
  @Test
  void aDiskThatFailsOnceEndsNothing() throws Exception {
    Path file = Files.createFile(folder.resolve("claim"));
    Files.setLastModifiedTime(file, OLD);
    AtomicInteger asked = new AtomicInteger();
    BooleanSupplier held =
        () -> {
          if (asked.getAndIncrement() == 0) {
            throw new UserError("cannot read it", null);
          }
          return true;
        };
    try (Heartbeat _ = new Heartbeat(FaultyDisk.failingAt(1).on(file), SOON, held)) {
      for (int look = 0; look < MOST_LOOKS && renewed(file).equals(OLD); look++) {
        Thread.sleep(SOON);
      }
      assertThat(renewed(file)).isGreaterThan(OLD);
    }
  }

  private static FileTime renewed(Path file) throws IOException {
    return Files.getLastModifiedTime(file);
  }

  @Test
  void aFileThatSomebodyHasRemovedIsNotMadeAgain() throws IOException, InterruptedException {
    Path file = Files.createFile(folder.resolve("claim"));
    AtomicInteger asked = new AtomicInteger();
    BooleanSupplier held =
        () -> {
          asked.incrementAndGet();
          try {
            return Files.deleteIfExists(file);
          } catch (IOException e) {
            throw new UserError("cannot delete it", null);
          }
        };
    try (Heartbeat _ = new Heartbeat(file, SOON, held)) {
      while (asked.get() == 0) {
        Thread.sleep(SOON);
      }
      Thread.sleep(SOON.multipliedBy(10));
    }
    assertThat(file).doesNotExist();
    assertThat(asked.get()).isEqualTo(1);
  }
}
