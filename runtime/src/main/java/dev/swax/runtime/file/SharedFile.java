package dev.swax.runtime.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.UUID;

/**
 * A file by which processes find out whether a folder is one for all of them, before anything
 * depends on it. They do with it what they do when they write a checkpoint: one makes it; each
 * writes its part under a lock, and syncs it; the one that made it sees the parts of all.
 */
public final class SharedFile {
  /** A disk that is later would be late at each checkpoint. */
  private static final Duration LATEST = Duration.ofSeconds(5);

  private SharedFile() {}

  /** Makes one, with a name that was never there before. */
  public static Path create(Path folder) throws IOException {
    return Files.createFile(folder.resolve(".swax-" + UUID.randomUUID()));
  }

  /** Writes the part of a process; false where the file cannot be seen from here. */
  public static boolean write(Path file, int rank) throws IOException {
    if (!Disk.comes(file, LATEST)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      try (FileLock _ = channel.lock(at(rank), Long.BYTES, false)) {
        channel.write(ByteBuffer.allocate(Long.BYTES).putLong(0, part(rank)), at(rank));
      }
      channel.force(true);
    }
    return true;
  }

  /** Whether the part of a process can be seen from here. */
  public static boolean sees(Path file, int rank) throws IOException {
    return Disk.within(LATEST, file.resolveSibling("."), () -> has(file, rank));
  }

  static boolean has(Path file, int rank) throws IOException {
    ByteBuffer found = ByteBuffer.allocate(Long.BYTES);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.read(found, at(rank));
    }
    return found.getLong(0) == part(rank);
  }

  /** Where the parts of all are in one page of memory, which machines then write together. */
  private static long at(int rank) {
    return (long) rank * Long.BYTES;
  }

  /** Unlike what is in a file where nobody has written. */
  private static long part(int rank) {
    return rank + 1L;
  }
}
