package dev.swax.runtime.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Files that are there whole or not at all, whatever fails, whenever the process is killed, also
 * after a loss of power. All files that swax replaces are written here.
 *
 * <p>The new text is written beside the file, forced to the disk, and takes the file's name in one
 * step. A process that is killed before that step leaves a file that {@link #isLeftover} knows and
 * that nobody else uses.
 */
public final class NewFile {
  private static final String PREFIX = ".swax-";
  private static final String SUFFIX = ".new";

  private NewFile() {}

  /** {@link #write(Path, byte[])} with a text, in UTF-8. */
  public static void write(Path target, String text) throws IOException {
    write(target, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Gives {@code target} the bytes, in place of what it had. Where this fails, it has what it had.
   * It keeps its owner and permissions, as far as the system lets us; a link goes on pointing to
   * it.
   */
  public static void write(Path target, byte[] bytes) throws IOException {
    Path real = Disk.isThere(target) ? target.toRealPath() : target;
    Path written = beside(real, bytes);
    try {
      Files.move(
          written, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw withoutLeftover(written, e);
    }
    Disk.syncFolder(real.toAbsolutePath().resolveSibling(".").normalize());
  }

  /** {@link #beside(Path, byte[])} with a text, in UTF-8. */
  public static Path beside(Path target, String text) throws IOException {
    return beside(target, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A file with the bytes beside {@code target}, on the disk and under a name that nobody else has.
   * Its permissions are those of {@code target}, or of a new file where there is none.
   */
  public static Path beside(Path target, byte[] bytes) throws IOException {
    Path written = target.resolveSibling(PREFIX + UUID.randomUUID() + SUFFIX);
    try (FileChannel channel = create(written, target)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    } catch (IOException e) {
      throw withoutLeftover(written, e);
    }
    return written;
  }

  /** Whether a file is what a killed process left when it wrote another. */
  public static boolean isLeftover(Path file) {
    Path name = file.getFileName();
    return name != null && name.toString().startsWith(PREFIX) && name.toString().endsWith(SUFFIX);
  }

  private static FileChannel create(Path written, Path target) throws IOException {
    if (!Disk.isThere(target)) {
      return FileChannel.open(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }
    if (!Files.isRegularFile(target)) {
      throw new FileSystemException(
          target.toString(), null, "what is in its place is not a regular file");
    }
    if (!Files.isWritable(target)) {
      throw new AccessDeniedException(target.toString());
    }
    Files.copy(target, written, StandardCopyOption.COPY_ATTRIBUTES);
    return FileChannel.open(
        written, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  /** The exception, after what was written is gone. */
  private static IOException withoutLeftover(Path written, IOException exception) {
    try {
      Files.deleteIfExists(written);
    } catch (IOException e) {
      exception.addSuppressed(e);
    }
    return exception;
  }
}
