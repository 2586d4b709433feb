package dev.swax.runtime.train;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.file.Disk;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * A file in a run directory that asks the process which trains it to save and end. It reaches
 * processes of other machines, which signals do not.
 */
public final class StopRequest implements BooleanSupplier {
  private static final String FILE = "stop";
  private static final long PAUSE = 1_000_000_000L;

  private final Path file;
  private long next = System.nanoTime();
  private boolean asked;

  /** That of the run in a folder. */
  public StopRequest(Path run) {
    this.file = run.resolve(FILE);
  }

  /** Asks; a second time does nothing. */
  public void make() {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      return;
    } catch (IOException e) {
      throw new UserError("cannot write %s: %s".formatted(file, Reasons.of(e)), null);
    }
  }

  /** Whether it is there; the disk is asked once a second. */
  @Override
  public boolean getAsBoolean() {
    long now = System.nanoTime();
    if (!asked && now - next >= 0) {
      next = now + PAUSE;
      try {
        Disk.lookAgain(file.toAbsolutePath().resolveSibling("."));
        asked = Disk.isThere(file);
      } catch (IOException e) {
        throw new UserError("cannot look at %s: %s".formatted(file, Reasons.of(e)), null);
      }
    }
    return asked;
  }

  /** Takes it back, or says that it was heard. */
  public void remove() {
    asked = false;
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UserError("cannot delete %s: %s".formatted(file, Reasons.of(e)), null);
    }
  }
}
