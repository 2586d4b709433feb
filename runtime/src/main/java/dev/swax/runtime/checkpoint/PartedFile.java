package dev.swax.runtime.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.List;

/**
 * A safetensors file that processes write together, each the numbers that it has. Its bytes do not
 * depend on how many there are.
 */
final class PartedFile {
  private final List<NamedTensor> parts;
  private final byte[] head;

  /** All tensors of the file in their order, each with the numbers that this process has. */
  PartedFile(List<NamedTensor> parts) {
    this.parts = List.copyOf(parts);
    this.head = Safetensors.head(parts);
  }

  /** The bytes before the numbers. */
  byte[] head() {
    return head.clone();
  }

  /** Makes the file, without its numbers; for one process, before all others write. */
  void create(Path path, FileOpener opener) throws IOException {
    try (FileChannel channel = opener.open(path)) {
      write(channel, ByteBuffer.wrap(head));
      channel.force(true);
    }
  }

  /**
   * Writes the numbers that this process has, and syncs them.
   *
   * @param locked whether others write at the same time: file systems of networks write whole pages
   *     of what is not locked, and so over the numbers of others
   */
  void fill(Path path, FileOpener opener, boolean locked) throws IOException {
    try (FileChannel channel = opener.reopen(path)) {
      var numbers = new NumberBytes(bytes -> write(channel, bytes));
      long start = head.length;
      for (NamedTensor part : parts) {
        long from = start + part.from() * Float.BYTES;
        if (part.count() > 0) {
          fill(channel.position(from), numbers, part, locked);
        }
        start += part.bytes();
      }
      channel.force(true);
    }
  }

  private static void fill(
      FileChannel channel, NumberBytes numbers, NamedTensor part, boolean locked)
      throws IOException {
    long bytes = part.count() * Float.BYTES;
    try (FileLock _ = locked ? channel.lock(channel.position(), bytes, false) : null) {
      numbers.write(part.values(), 0, part.count(), NumberFormat.F32);
    }
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
