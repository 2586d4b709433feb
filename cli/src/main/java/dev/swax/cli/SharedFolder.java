package dev.swax.cli;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** A file by which processes find out whether they see one folder. */
final class SharedFolder {
  /** Some network disks show a new file to other machines only after a while. */
  private static final int LOOKS = 50;

  private static final int PAUSE_MILLIS = 100;

  private SharedFolder() {}

  /** Puts a file with a name that was never there before into the folder. */
  static Path put(Path folder) {
    Path file = folder.resolve(".swax-" + UUID.randomUUID());
    try {
      return Files.createFile(file);
    } catch (IOException e) {
      throw new UserError("cannot write to %s: %s".formatted(folder, Reasons.of(e)), null);
    }
  }

  /** Whether the file can be seen, now or soon. */
  static boolean sees(Path file) {
    for (int look = 0; look < LOOKS; look++) {
      if (Files.exists(file)) {
        return true;
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return false;
  }

  static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UserError("cannot remove %s: %s".formatted(file, Reasons.of(e)), null);
    }
  }
}
