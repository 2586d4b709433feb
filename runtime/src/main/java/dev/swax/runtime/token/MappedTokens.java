package dev.swax.runtime.token;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.security.MessageDigest;

/** Tokens of 8, 16 or 32 bits in a file that is mapped, the highest byte first. */
final class MappedTokens extends Tokens {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final MemorySegment segment;
  private final int width;

  MappedTokens(MemorySegment segment, int width) {
    super(Math.toIntExact(segment.byteSize() / width));
    this.segment = segment;
    this.width = width;
  }

  @Override
  public int at(int index) {
    return switch (width) {
      case Byte.BYTES -> segment.get(ValueLayout.JAVA_BYTE, index) & 0xFF;
      case Short.BYTES -> segment.getAtIndex(SHORT, index) & 0xFFFF;
      default -> segment.getAtIndex(INT, index);
    };
  }

  @Override
  public void copy(int from, int count, int[] to, int at) {
    for (int i = 0; i < count; i++) {
      to[at + i] = at(from + i);
    }
  }

  @Override
  public Tokens first(int length) {
    return new MappedTokens(segment.asSlice(0, (long) Math.min(length, length()) * width), width);
  }

  @Override
  public void digest(MessageDigest digest) {
    digest.update(segment.asByteBuffer());
  }

  /** Writes tokens as they are read here. */
  static byte[] bytes(int[] tokens, int width) {
    byte[] bytes = new byte[Math.multiplyExact(tokens.length, width)];
    var segment = MemorySegment.ofArray(bytes);
    for (int i = 0; i < tokens.length; i++) {
      switch (width) {
        case Byte.BYTES -> bytes[i] = (byte) tokens[i];
        case Short.BYTES -> segment.setAtIndex(SHORT, i, (short) tokens[i]);
        default -> segment.setAtIndex(INT, i, tokens[i]);
      }
    }
    return bytes;
  }
}
