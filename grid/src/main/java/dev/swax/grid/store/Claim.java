package dev.swax.grid.store;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.UserError;
import dev.swax.runtime.file.Disk;
import dev.swax.runtime.file.NewFile;
import dev.swax.runtime.process.Heartbeat;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The right to work on a cell: a file that names its owner, made in one step. It lasts until it is
 * given back or its owner has ended, however that ended. Whether a process has ended that this one
 * can see, the system knows; any other, on another machine or in another container of this one, has
 * when its claim was not renewed for long.
 *
 * <p>Taking over the claim of a dead process is two steps, so a lock of the system, which no death
 * outlasts, keeps others out while it is done.
 */
public final class Claim implements AutoCloseable {
  private static final String FILE = "claim";
  private static final String LOCK = "claim.lock";

  /** How often an owner renews its claim. */
  private static final Duration BEAT = Duration.ofSeconds(30);

  /** After how long without that an owner counts as ended that cannot be seen from here. */
  static final Duration SILENCE = Duration.ofMinutes(10);

  /** How far a clock may be from that of the disk: half of it for each of two machines is left. */
  private static final Duration APART = SILENCE.dividedBy(4);

  private final Path folder;
  private final Owner owner;
  private final Heartbeat heartbeat;

  private Claim(Path folder, Owner owner, Duration beat) {
    this.folder = folder;
    this.owner = owner;
    this.heartbeat = new Heartbeat(folder.resolve(FILE), beat, this::isHeld);
  }

  /** The claim, or nothing where a living process has it. */
  public static Optional<Claim> take(Path folder, Owner owner) {
    return take(folder, owner, BEAT);
  }

  static Optional<Claim> take(Path folder, Owner owner, Duration beat) {
    try {
      Files.createDirectories(folder);
      Path lockFile = folder.resolve(LOCK);
      RegularFile.requireIfThere(lockFile);
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        Disk.lookAgain(folder); // what the one before has left there
        if (!lock.isValid() || findLivingOwner(folder).isPresent()) {
          return Optional.empty();
        }
        Files.deleteIfExists(folder.resolve(FILE));
        return create(folder, owner, beat);
      }
    } catch (IOException e) {
      throw new UserError("cannot claim %s: %s".formatted(folder, Reasons.of(e)), null);
    }
  }

  /** A file with its text is linked to its name: nobody ever sees a claim without an owner. */
  private static Optional<Claim> create(Path folder, Owner owner, Duration beat)
      throws IOException {
    Path written = NewFile.beside(folder.resolve(FILE), owner.line() + "\n");
    try {
      requireClock(written, Instant.now());
      Files.createLink(folder.resolve(FILE), written);
    } catch (FileAlreadyExistsException e) {
      return Optional.empty();
    } finally {
      Files.deleteIfExists(written);
    }
    return Optional.of(new Claim(folder, owner, beat));
  }

  /**
   * Refuses a clock that is far from that of the disk: others would take what this process does for
   * dead, or never notice that it is.
   *
   * @param written just now
   */
  static void requireClock(Path written, Instant now) throws IOException {
    Duration behind = Duration.between(now, Files.getLastModifiedTime(written).toInstant());
    if (behind.abs().compareTo(APART) > 0) {
      throw new UserError(
          "the clock of this machine is %d s %s that of the disk of %s, and others would misread its signs of life"
              .formatted(
                  behind.abs().toSeconds(),
                  behind.isNegative() ? "ahead of" : "behind",
                  written.getParent()),
          "set the clock, as a time server does");
    }
  }

  /** Whether it still names its owner. */
  public boolean isHeld() {
    return findOwner(folder).filter(owner::equals).isPresent();
  }

  /** Who has the claim, alive or not. */
  static Optional<Owner> findOwner(Path folder) {
    try {
      return Owner.parse(RegularFile.text(folder.resolve(FILE)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UserError(
          "cannot read %s: %s".formatted(folder.resolve(FILE), Reasons.of(e)), null);
    }
  }

  /** Who has the claim and is alive, as far as this process can tell. */
  static Optional<Owner> findLivingOwner(Path folder) {
    return findOwner(folder)
        .filter(owner ->
            switch (owner.life()) {
              case RUNNING -> true;
              case ENDED -> false;
              case UNKNOWN -> !isSilent(folder.resolve(FILE));
            });
  }

  private static boolean isSilent(Path claim) {
    try {
      Instant renewed = Files.getLastModifiedTime(claim).toInstant();
      return renewed.isBefore(Instant.now().minus(SILENCE));
    } catch (NoSuchFileException e) {
      return true;
    } catch (IOException e) {
      throw new UserError("cannot read %s: %s".formatted(claim, Reasons.of(e)), null);
    }
  }

  /** Gives it back. */
  @Override
  public void close() {
    heartbeat.close();
    try {
      if (isHeld()) {
        Files.delete(folder.resolve(FILE));
      }
    } catch (IOException e) {
      throw new UserError("cannot give back %s: %s".formatted(folder, Reasons.of(e)), null);
    }
  }
}
