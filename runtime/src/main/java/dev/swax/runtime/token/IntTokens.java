package dev.swax.runtime.token;

import java.security.MessageDigest;

/** Tokens of any vocabulary. */
final class IntTokens extends Tokens {
  private final int[] tokens;

  /** Takes the array as it is. */
  IntTokens(int[] tokens) {
    this(tokens, tokens.length);
  }

  private IntTokens(int[] tokens, int length) {
    super(length);
    this.tokens = tokens;
  }

  @Override
  public int at(int index) {
    return tokens[index];
  }

  @Override
  public void copy(int from, int count, int[] to, int at) {
    System.arraycopy(tokens, from, to, at, count);
  }

  @Override
  public Tokens first(int length) {
    return new IntTokens(tokens, Math.min(length, length()));
  }

  @Override
  public void digest(MessageDigest digest) {
    for (int i = 0; i < length(); i++) {
      for (int shift = 24; shift >= 0; shift -= 8) {
        digest.update((byte) (tokens[i] >> shift));
      }
    }
  }
}
