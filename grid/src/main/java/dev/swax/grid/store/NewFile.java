package dev.swax.grid.store;

import dev.swax.runtime.checkpoint.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Files that are there whole or not at all, also after a loss of power. */
final class NewFile {
  private NewFile() {}

  /**
   * A file with the text beside {@code target}, on the disk and under a name that nobody else has.
   * Its permissions are those that new files usually get.
   */
  static Path beside(Path target, String text) throws IOException {
    Path written =
        target.resolveSibling(".%s.%s.new".formatted(target.getFileName(), UUID.randomUUID()));
    try (FileChannel channel =
        FileChannel.open(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(written);
      throw e;
    }
    return written;
  }

  /** Gives {@code target} the text, in place of what it had. */
  static void write(Path target, String text) throws IOException {
    Path written = beside(target, text);
    try {
      Files.move(
          written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(written);
    }
    Disk.syncFolder(target.resolveSibling(".").normalize());
  }
}
