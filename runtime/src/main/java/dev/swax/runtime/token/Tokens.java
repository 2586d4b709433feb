package dev.swax.runtime.token;

import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;

/**
 * A run of tokens that does not change. It takes no more memory for each than its vocabulary needs.
 */
public abstract sealed class Tokens permits ByteTokens, ShortTokens, IntTokens, MappedTokens {
  private final int length;

  Tokens(int length) {
    this.length = length;
  }

  /** A copy of tokens, each below {@code vocabulary}. */
  public static Tokens of(int[] tokens, int vocabulary) {
    return switch (width(vocabulary)) {
      case Byte.BYTES -> ByteTokens.copy(tokens);
      case Short.BYTES -> ShortTokens.copy(tokens);
      default -> new IntTokens(tokens.clone());
    };
  }

  /** Every byte is a token. A view: the array does not change from now on. */
  public static Tokens ofBytes(byte[] tokens) {
    return new ByteTokens(tokens, tokens.length);
  }

  /** Those in {@code segment}, of {@code width} bytes each; a view. */
  public static Tokens mapped(MemorySegment segment, int width) {
    return new MappedTokens(segment, width);
  }

  /** All of them, as {@link #mapped} reads them. */
  public byte[] toBytes(int width) {
    int[] tokens = new int[length];
    copy(0, length, tokens, 0);
    return MappedTokens.bytes(tokens, width);
  }

  /** How many bytes of memory a token takes. */
  public static int width(int vocabulary) {
    return vocabulary <= 1 << Byte.SIZE
        ? Byte.BYTES
        : vocabulary <= 1 << Short.SIZE ? Short.BYTES : Integer.BYTES;
  }

  public final int length() {
    return length;
  }

  /** The token at {@code index}. */
  public abstract int at(int index);

  /** Copies {@code count} tokens from {@code from} on to {@code to}, from {@code at} on. */
  public abstract void copy(int from, int count, int[] to, int at);

  /** The first {@code length} of them; a view. */
  public abstract Tokens first(int length);

  /** Feeds all of them to a digest, as they are kept. */
  public abstract void digest(MessageDigest digest);
}
