package dev.swax.grid.store;

import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The right to work on a cell: a file that names its owner, made in one step. It lasts until it is
 * given back or its owner has ended, however that ended.
 *
 * <p>Taking over the claim of a dead process is two steps, so a lock of the system, which no death
 * outlasts, keeps others out while it is done.
 */
public final class Claim implements AutoCloseable {
  private static final String FILE = "claim";
  private static final String LOCK = "claim.lock";

  private final Path folder;
  private final Owner owner;

  private Claim(Path folder, Owner owner) {
    this.folder = folder;
    this.owner = owner;
  }

  /** The claim, or nothing where a living process has it. */
  public static Optional<Claim> take(Path folder, Owner owner) {
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (!lock.isValid() || findOwner(folder).filter(Owner::isAlive).isPresent()) {
          return Optional.empty();
        }
        Files.deleteIfExists(folder.resolve(FILE));
        return create(folder, owner);
      }
    } catch (IOException e) {
      throw new UserError("cannot claim %s: %s".formatted(folder, e.getMessage()), null);
    }
  }

  /** A file with its text is linked to its name: nobody ever sees a claim without an owner. */
  private static Optional<Claim> create(Path folder, Owner owner) throws IOException {
    Path written = Files.createTempFile(folder, "claim", ".new");
    try {
      Files.writeString(written, owner.line() + "\n");
      Files.createLink(folder.resolve(FILE), written);
      return Optional.of(new Claim(folder, owner));
    } catch (FileAlreadyExistsException e) {
      return Optional.empty();
    } finally {
      Files.deleteIfExists(written);
    }
  }

  /** Whether it still names its owner. */
  public boolean isHeld() {
    return findOwner(folder).filter(owner::equals).isPresent();
  }

  /** Who has the claim, alive or not. */
  static Optional<Owner> findOwner(Path folder) {
    try {
      return Owner.parse(Files.readString(folder.resolve(FILE)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UserError(
          "cannot read %s: %s".formatted(folder.resolve(FILE), e.getMessage()), null);
    }
  }

  /** Gives it back. */
  @Override
  public void close() {
    try {
      if (isHeld()) {
        Files.delete(folder.resolve(FILE));
      }
    } catch (IOException e) {
      throw new UserError("cannot give back %s: %s".formatted(folder, e.getMessage()), null);
    }
  }
}
