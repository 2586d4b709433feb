package dev.swax.runtime.checkpoint;

import dev.swax.runtime.Hashes;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
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

/** Reads and writes tensors as safetensors files; see {@link SafetensorsHeader}. */
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
    List<MadeTensor> header = tensors.stream().map(Safetensors::made).toList();
    return write(
        path,
        header,
        opener,
        (out, index) -> {
          NamedTensor tensor = tensors.get(index);
          out.write(tensor.values(), 0, header.get(index).size(), NumberFormat.F32);
        });
  }

  /** The same of tensors that are made one after the other. */
  public static String writeMade(Path path, List<MadeTensor> tensors, FileOpener opener)
      throws IOException {
    return write(
        path,
        tensors,
        opener,
        (out, index) -> {
          MadeTensor tensor = tensors.get(index);
          try (Arena arena = Arena.ofConfined()) {
            Tensor values = Tensor.allocate(arena, tensor.size());
            tensor.filler().accept(values);
            out.write(values, 0, tensor.size(), tensor.format());
          }
        });
  }

  /** The SHA-256 of the file that {@link #write} would write. */
  static String hash(List<NamedTensor> tensors) throws IOException {
    MessageDigest digest = Hashes.sha256();
    digest.update(head(tensors));
    var numbers = new NumberBytes(digest::update);
    for (NamedTensor tensor : tensors) {
      numbers.write(tensor.values(), 0, tensor.bytes() / Float.BYTES, NumberFormat.F32);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** All that stands before the numbers. */
  static byte[] head(List<NamedTensor> tensors) {
    return headOfMade(tensors.stream().map(Safetensors::made).toList());
  }

  private static byte[] headOfMade(List<MadeTensor> tensors) {
    byte[] header = SafetensorsHeader.write(tensors);
    return ByteBuffer.allocate(SafetensorsHeader.PREFIX + header.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .array();
  }

  private static MadeTensor made(NamedTensor tensor) {
    List<Long> shape = List.of((long) tensor.rows(), (long) tensor.columns());
    return new MadeTensor(tensor.name(), NumberFormat.F32, shape, _ -> {});
  }

  private static String write(
      Path path, List<MadeTensor> tensors, FileOpener opener, TensorWriter writer)
      throws IOException {
    MessageDigest digest = Hashes.sha256();
    try (FileChannel channel = opener.open(path)) {
      write(channel, ByteBuffer.wrap(headOfMade(tensors)), digest);
      var out = new NumberBytes(bytes -> write(channel, bytes, digest));
      for (int i = 0; i < tensors.size(); i++) {
        writer.write(out, i);
      }
      channel.force(true);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Writes the numbers of the tensor of that index. */
  @FunctionalInterface
  private interface TensorWriter {
    void write(NumberBytes out, int index) throws IOException;
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
    SafetensorsHeader.requireMatrices(entries);
    Map<String, TensorEntry> byName = new LinkedHashMap<>();
    entries.forEach(entry -> byName.put(entry.name(), entry));
    ModelMismatchException.check(wanted.stream().map(NamedTensor::shape).toList(), byName);
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (NamedTensor tensor : wanted) {
      TensorEntry entry = byName.get(tensor.name());
      if (entry != null) {
        fill(channel, dataStart + entry.begin(), tensor, buffer);
      }
    }
  }

  static byte[] header(FileChannel channel) throws IOException, DamagedFileException {
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
    long begin = start + tensor.from() * Float.BYTES;
    for (long from = 0; from < tensor.count(); from += BUFFER / Float.BYTES) {
      int count = (int) Math.min(BUFFER / Float.BYTES, tensor.count() - from);
      read(channel, buffer.clear().limit(count * Float.BYTES), begin + from * Float.BYTES);
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

  /** Fills the buffer from that place of the file on. */
  static void read(FileChannel channel, ByteBuffer buffer, long position)
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
