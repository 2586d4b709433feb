package dev.swax.runtime.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A named sequence of random values. Streams of one seed with different names are unrelated; value
 * number {@code position} of a stream is the same on every machine and in every run.
 */
public final class RandomStream {
  private static final double TO_UNIT = 0x1p-53;

  private final long seed;
  private final String name;
  private final long nameHash;
  private final long[] block = new long[2];
  private long position;

  public RandomStream(long seed, String name) {
    this.seed = seed;
    this.name = name;
    this.nameHash = hash(name);
  }

  /** The stream called {@code name/child} of the same seed, at its start. */
  public RandomStream child(String child) {
    return new RandomStream(seed, name + "/" + child);
  }

  public String name() {
    return name;
  }

  /** How many values have been taken. */
  public long position() {
    return position;
  }

  /** Continues from {@code position}. */
  public void seek(long position) {
    this.position = position;
  }

  /** 64 random bits. */
  public long nextLong() {
    Philox.block(seed, position++, nameHash, block);
    return block[0];
  }

  /** Uniform in [0, 1), a multiple of 2^-53. */
  public double nextDouble() {
    return (nextLong() >>> 11) * TO_UNIT;
  }

  /** Uniform in 0 .. bound, off by less than {@code bound / 2^64}. */
  public int nextInt(int bound) {
    return (int) Math.unsignedMultiplyHigh(nextLong(), bound);
  }

  /** N(0, 1) by Box and Muller: {@code sqrt(-2 ln u) cos(2 pi v)} with u in (0, 1]. */
  public double nextNormal() {
    Philox.block(seed, position++, nameHash, block);
    double u = ((block[0] >>> 11) + 1) * TO_UNIT;
    double v = (block[1] >>> 11) * TO_UNIT;
    return StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * v);
  }

  /** 0 .. length in random order (Fisher and Yates). */
  public int[] permutation(int length) {
    int[] order = new int[length];
    for (int i = 0; i < length; i++) {
      int j = nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static long hash(String name) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
