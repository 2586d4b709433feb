package dev.swax.runtime.checkpoint;

import dev.swax.runtime.Hashes;
import dev.swax.runtime.program.Shares;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The hash of a safetensors file of which no process has all numbers: the SHA-256 of these
 * SHA-256s, one after the other: of all that stands before the numbers, and of each {@value
 * Shares#PIECE} numbers of each tensor, in the order of the file. The last piece of a tensor may be
 * shorter.
 */
final class PieceHashes {
  /** Begins such a hash; others are those of all bytes. */
  static final String MARK = "pieces:";

  private static final long BYTES = (long) Shares.PIECE * Float.BYTES;

  private PieceHashes() {}

  /** Those of the numbers that this process has, each behind the number of its piece. */
  static byte[] of(List<NamedTensor> parts) throws IOException {
    MessageDigest digest = Hashes.sha256();
    var numbers = new NumberBytes(digest::update);
    List<byte[]> found = new ArrayList<>();
    long first = 0;
    for (NamedTensor part : parts) {
      long size = part.bytes() / Float.BYTES;
      for (long from = 0; from < part.count(); from += Shares.PIECE) {
        long length = Math.min(Shares.PIECE, part.count() - from);
        long place = part.from() + from;
        if (place % Shares.PIECE != 0 || (length < Shares.PIECE && place + length < size)) {
          throw new IllegalArgumentException(
              "`%s` is cut at %d and %d of %d".formatted(part.name(), place, place + length, size));
        }
        numbers.write(part.values(), from, length, NumberFormat.F32);
        found.add(record(first + place / Shares.PIECE, digest.digest()));
      }
      first += pieces(part.bytes());
    }
    return joined(found);
  }

  private static byte[] record(long piece, byte[] hash) {
    return ByteBuffer.allocate(Long.BYTES + hash.length).putLong(piece).put(hash).array();
  }

  private static byte[] joined(List<byte[]> all) {
    ByteBuffer bytes = ByteBuffer.allocate(all.stream().mapToInt(one -> one.length).sum());
    all.forEach(bytes::put);
    return bytes.array();
  }

  private static long pieces(long bytes) {
    return (bytes + BYTES - 1) / BYTES;
  }

  /**
   * The hash of the file.
   *
   * @param head all bytes before the numbers
   * @param all what {@link #of} gave in each process
   */
  static String join(byte[] head, List<NamedTensor> tensors, List<byte[]> all) {
    long count = tensors.stream().mapToLong(tensor -> pieces(tensor.bytes())).sum();
    byte[][] hashes = new byte[Math.toIntExact(count)][0];
    for (byte[] own : all) {
      ByteBuffer records = ByteBuffer.wrap(own);
      while (records.hasRemaining()) {
        int piece = Math.toIntExact(records.getLong());
        hashes[piece] = new byte[Hashes.sha256().getDigestLength()];
        records.get(hashes[piece]);
      }
    }
    MessageDigest root = Hashes.sha256();
    root.update(Hashes.sha256().digest(head));
    for (int piece = 0; piece < hashes.length; piece++) {
      if (hashes[piece].length == 0) {
        throw new IllegalStateException("no process has piece " + piece);
      }
      root.update(hashes[piece]);
    }
    return MARK + HexFormat.of().formatHex(root.digest());
  }

  /** The same of a file. */
  static String of(FileChannel channel) throws IOException, DamagedFileException {
    byte[] header = Safetensors.header(channel);
    long start = (long) SafetensorsHeader.PREFIX + header.length;
    MessageDigest root = Hashes.sha256();
    root.update(hash(channel, 0, start));
    for (TensorEntry entry : SafetensorsHeader.read(header, channel.size() - start)) {
      for (long from = entry.begin(); from < entry.end(); from += BYTES) {
        root.update(hash(channel, start + from, Math.min(BYTES, entry.end() - from)));
      }
    }
    return MARK + HexFormat.of().formatHex(root.digest());
  }

  private static byte[] hash(FileChannel channel, long from, long length)
      throws IOException, DamagedFileException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length));
    Safetensors.read(channel, bytes, from);
    return Hashes.sha256().digest(bytes.array());
  }
}
