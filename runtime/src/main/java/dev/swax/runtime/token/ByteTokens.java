package dev.swax.runtime.token;

import java.security.MessageDigest;

/** Tokens 0 to 255. */
final class ByteTokens extends Tokens {
  private final byte[] tokens;

  /** The first {@code length} of the array. */
  ByteTokens(byte[] tokens, int length) {
    super(length);
    this.tokens = tokens;
  }

  static ByteTokens copy(int[] tokens) {
    byte[] copy = new byte[tokens.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = (byte) tokens[i];
    }
    return new ByteTokens(copy, copy.length);
  }

  @Override
  public int at(int index) {
    return tokens[index] & 0xFF;
  }

  @Override
  public void copy(int from, int count, int[] to, int at) {
    for (int i = 0; i < count; i++) {
      to[at + i] = tokens[from + i] & 0xFF;
    }
  }

  @Override
  public Tokens first(int length) {
    return new ByteTokens(tokens, Math.min(length, length()));
  }

  @Override
  public byte[] toBytes(int width) {
    return width == Byte.BYTES && length() == tokens.length ? tokens : super.toBytes(width);
  }

  @Override
  public void digest(MessageDigest digest) {
    digest.update(tokens, 0, length());
  }
}
