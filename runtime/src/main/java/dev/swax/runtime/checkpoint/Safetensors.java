package dev.swax.runtime.checkpoint;

import dev.swax.runtime.Hashes;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes fp32 tensors as safetensors files; see {@link SafetensorsHeader}. */
public final class Safetensors {
  private static final int BUFFER = 1 << 20;
  private static final ValueLayout.OfFloat LITTLE =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Safetensors() {}

  /**
   * Writes the whole file and syncs it.
   *
   * @return SHA-256 of the file, in hexadecimal
   */
  public static String write(Path path, List<NamedTensor> tensors, FileOpener opener)
      throws IOException {
    MessageDigest digest = Hashes.sha256();
    try (FileChannel channel = opener.open(path)) {
      byte[] header = SafetensorsHeader.write(tensors);
      ByteBuffer prefix = ByteBuffer.allocate(SafetensorsHeader.PREFIX);
      prefix.order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).flip();
      write(channel, prefix, digest);
      write(channel, ByteBuffer.wrap(header), digest);
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
      for (NamedTensor tensor : tensors) {
        long length = (long) tensor.rows() * tensor.columns();
        for (long from = 0; from < length; from += BUFFER / Float.BYTES) {
          int count = (int) Math.min(BUFFER / Float.BYTES, length - from);
          copyOut(tensor.values(), from, buffer.clear(), count);
          write(channel, buffer.limit(count * Float.BYTES), digest);
        }
      }
      channel.force(true);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Fills every wanted tensor. The file must hold exactly these, by name and shape.
   *
   * @throws ModelMismatchException if it is whole, but of another model
   */
  public static void read(Path path, List<NamedTensor> wanted)
      throws IOException, DamagedFileException, ModelMismatchException {
    RegularFile.require(path);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      read(channel, wanted);
    }
  }

  /** The same from a file that is open. */
  static void read(FileChannel channel, List<NamedTensor> wanted)
      throws IOException, DamagedFileException, ModelMismatchException {
    byte[] header = header(channel);
    long dataStart = (long) SafetensorsHeader.PREFIX + header.length;
    List<TensorEntry> entries = SafetensorsHeader.read(header, channel.size() - dataStart);
    Map<String, TensorEntry> byName = new LinkedHashMap<>();
    entries.forEach(entry -> byName.put(entry.name(), entry));
    ModelMismatchException.check(wanted, byName);
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (NamedTensor tensor : wanted) {
      TensorEntry entry = byName.get(tensor.name());
      if (entry != null) {
        fill(channel, dataStart + entry.begin(), tensor, buffer);
      }
    }
  }

  private static byte[] header(FileChannel channel) throws IOException, DamagedFileException {
    long size = channel.size();
    if (size < SafetensorsHeader.PREFIX) {
      throw new DamagedFileException("%d bytes are too few for a header".formatted(size));
    }
    ByteBuffer prefix = ByteBuffer.allocate(SafetensorsHeader.PREFIX);
    read(channel, prefix.order(ByteOrder.LITTLE_ENDIAN), 0);
    long length = prefix.getLong(0);
    if (length < 2 || length > Math.min(SafetensorsHeader.MAX_BYTES, size - prefix.capacity())) {
      throw new DamagedFileException(
          "a header of %s bytes does not fit into a file of %d"
              .formatted(Long.toUnsignedString(length), size));
    }
    byte[] header = new byte[(int) length];
    read(channel, ByteBuffer.wrap(header), SafetensorsHeader.PREFIX);
    return header;
  }

  private static void fill(FileChannel channel, long start, NamedTensor tensor, ByteBuffer buffer)
      throws IOException, DamagedFileException {
    long length = (long) tensor.rows() * tensor.columns();
    for (long from = 0; from < length; from += BUFFER / Float.BYTES) {
      int count = (int) Math.min(BUFFER / Float.BYTES, length - from);
      read(channel, buffer.clear().limit(count * Float.BYTES), start + from * Float.BYTES);
      MemorySegment.copy(
          MemorySegment.ofArray(buffer.array()),
          LITTLE,
          0,
          tensor.values().segment(),
          ValueLayout.JAVA_FLOAT,
          from * Float.BYTES,
          count);
    }
  }

  private static void copyOut(Tensor tensor, long from, ByteBuffer buffer, int count) {
    MemorySegment.copy(
        tensor.segment(),
        ValueLayout.JAVA_FLOAT,
        from * Float.BYTES,
        MemorySegment.ofArray(buffer.array()),
        LITTLE,
        0,
        count);
  }

  private static void read(FileChannel channel, ByteBuffer buffer, long position)
      throws IOException, DamagedFileException {
    long at = position;
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, at);
      if (read < 0) {
        throw new DamagedFileException("the file ends at byte %d".formatted(at));
      }
      at += read;
    }
  }

  private static void write(FileChannel channel, ByteBuffer buffer, MessageDigest digest)
      throws IOException {
    digest.update(buffer.duplicate());
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
