package dev.swax.runtime.token;

import java.security.MessageDigest;

/** Tokens 0 to 65,535. */
final class ShortTokens extends Tokens {
  private final short[] tokens;

  private ShortTokens(short[] tokens, int length) {
    super(length);
    this.tokens = tokens;
  }

  static ShortTokens copy(int[] tokens) {
    short[] copy = new short[tokens.length];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = (short) tokens[i];
    }
    return new ShortTokens(copy, copy.length);
  }

  @Override
  public int at(int index) {
    return tokens[index] & 0xFFFF;
  }

  @Override
  public void copy(int from, int count, int[] to, int at) {
    for (int i = 0; i < count; i++) {
      to[at + i] = tokens[from + i] & 0xFFFF;
    }
  }

  @Override
  public Tokens first(int length) {
    return new ShortTokens(tokens, Math.min(length, length()));
  }

  @Override
  public void digest(MessageDigest digest) {
    for (int i = 0; i < length(); i++) {
      digest.update((byte) (tokens[i] >> 8));
      digest.update((byte) tokens[i]);
    }
  }
}
