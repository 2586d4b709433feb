package dev.swax.runtime.process;

import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * Renews the time of a file for as long as its process lives: the sign of life for those who cannot
 * see the process itself.
 */
public final class Heartbeat implements AutoCloseable {
  private final Path file;
  private final Duration interval;
  private final BooleanSupplier held;
  private final Thread thread;

  /** {@code held}: whether the file is still ours; where it is not, it is left alone for good. */
  public Heartbeat(Path file, Duration interval, BooleanSupplier held) {
    this.file = file;
    this.interval = interval;
    this.held = held;
    // A virtual thread would start its scheduler, which a short command pays for.
    this.thread = Thread.ofPlatform().daemon().name("heartbeat of " + file).start(this::beat);
  }

  private void beat() {
    boolean beating = true;
    while (beating) {
      try {
        Thread.sleep(interval);
        beating = held.getAsBoolean();
        if (beating) {
          Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        }
      } catch (InterruptedException e) {
        beating = false; // the end of it, as close() wants
      } catch (NoSuchFileException e) {
        beating = false; // somebody has removed it
      } catch (IOException | UserError e) {
        continue; // the next beat makes up for one that failed, as while a disk is away
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
