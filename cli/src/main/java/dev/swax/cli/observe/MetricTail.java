package dev.swax.cli.observe;

import dev.swax.runtime.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of lines while another process adds to it: each time only what is new. A line
 * without its end is left for the next time. Where the file was replaced or is shorter than before,
 * as after a resume, it is read again from its start.
 */
public final class MetricTail {
  private static final int BLOCK = 1 << 20;
  private static final int LONGEST_LINE = 1 << 24;

  private final Path file;
  private long offset;
  private @Nullable Object identity;
  private byte[] rest = new byte[0];

  public MetricTail(Path file) {
    this.file = file;
  }

  /**
   * Reads at most one block. A file that is not there is an empty one.
   *
   * @param restart called before a file is read from its start again
   * @return whether there is more to be read at once
   */
  public boolean read(Runnable restart, Consumer<String> line) throws IOException {
    try {
      RegularFile.require(file);
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      boolean other = offset > 0 && !Objects.equals(identity, attributes.fileKey());
      if (other || attributes.size() < offset) {
        restart(restart);
      }
      identity = attributes.fileKey();
      return attributes.size() > offset && readBlock(line);
    } catch (NoSuchFileException e) {
      if (offset > 0) {
        restart(restart);
      }
      return false;
    }
  }

  private void restart(Runnable restart) {
    offset = 0;
    rest = new byte[0];
    restart.run();
  }

  private boolean readBlock(Consumer<String> line) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    try (FileChannel channel = FileChannel.open(file)) {
      while (block.hasRemaining() && channel.read(block, offset + block.position()) > 0) {
        // until the block is full or the file ends
      }
    }
    offset += block.position();
    byte[] bytes = Arrays.copyOf(rest, rest.length + block.position());
    System.arraycopy(block.array(), 0, bytes, rest.length, block.position());
    int start = 0;
    for (int end = rest.length; end < bytes.length; end++) {
      if (bytes[end] == '\n') {
        line.accept(new String(bytes, start, end - start, StandardCharsets.UTF_8));
        start = end + 1;
      }
    }
    rest = Arrays.copyOfRange(bytes, start, bytes.length);
    if (rest.length > LONGEST_LINE) {
      throw new IOException("it has a line of more than 16 MiB");
    }
    return !block.hasRemaining();
  }
}
