package dev.swax.runtime.data.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** A file that grows, with the sum of every full page of it in a second file. */
final class AppendedFile implements AutoCloseable {
  /** Bytes that have a sum together. */
  static final int PAGE = 1 << 16;

  private static final int BUFFER = 1 << 20;

  private final FileChannel data;
  private final FileChannel sums;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private final CRC32C page = new CRC32C();
  private long length;

  /** Goes on behind the first {@code length} bytes; what stands behind them is given up. */
  AppendedFile(Path file, long length) throws IOException {
    this.length = length;
    this.data = open(file);
    FileChannel opened = null;
    try {
      opened = open(sums(file));
      data.truncate(length);
      if (data.size() != length) {
        throw new IOException("it has %d bytes instead of %d".formatted(data.size(), length));
      }
      opened.truncate(length / PAGE * Integer.BYTES);
      if (opened.size() != length / PAGE * Integer.BYTES) {
        throw new IOException("its sums are not complete");
      }
      resumePage();
      data.position(length);
      opened.position(opened.size());
    } catch (IOException e) {
      data.close();
      if (opened != null) {
        opened.close();
      }
      throw e;
    }
    this.sums = opened;
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Where the sums of a file are. */
  static Path sums(Path file) {
    return file.resolveSibling(file.getFileName() + ".sums");
  }

  private void resumePage() throws IOException {
    ByteBuffer begun = ByteBuffer.allocate((int) (length % PAGE));
    long at = length - begun.capacity();
    while (begun.hasRemaining() && data.read(begun, at + begun.position()) >= 0) {}
    page.update(begun.flip());
  }

  /** Bytes so far. */
  long length() {
    return length;
  }

  void append(byte[] bytes) throws IOException {
    append(bytes, 0, bytes.length);
  }

  private void append(byte[] bytes, int from, int to) throws IOException {
    for (int at = from; at < to; ) {
      int count = (int) Math.min(to - at, PAGE - length % PAGE);
      page.update(bytes, at, count);
      put(bytes, at, count);
      at += count;
      length += count;
      if (length % PAGE == 0) {
        endPage();
      }
    }
  }

  private void put(byte[] bytes, int from, int count) throws IOException {
    if (buffer.remaining() < count) {
      flush();
    }
    buffer.put(bytes, from, count);
  }

  private void endPage() throws IOException {
    write(sums, ByteBuffer.allocate(Integer.BYTES).putInt((int) page.getValue()).flip());
    page.reset();
  }

  private void flush() throws IOException {
    write(data, buffer.flip());
    buffer.clear();
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Makes what was appended last, so that a file can be opened again at this length. */
  void force() throws IOException {
    flush();
    data.force(true);
    sums.force(true);
  }

  /** The same, with the sum of the last page; nothing is appended after this. */
  void finish() throws IOException {
    if (length % PAGE != 0) {
      endPage();
    }
    force();
  }

  @Override
  public void close() throws IOException {
    try (data) {
      sums.close();
    }
  }
}
