package dev.swax.runtime.random;

/**
 * The numbers from 0 up to a size in a random order, of which nothing is kept but six keys: a
 * Feistel network over the next larger power of four, walked until the value is below the size
 * (Black and Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002).
 */
public final class Permutation {
  private static final int ROUNDS = 6;

  private final long size;
  private final int half;
  private final long mask;
  private final long[] keys = new long[ROUNDS];

  /** Of {@code size} numbers, at most 2^62; the stream decides the order. */
  public Permutation(RandomStream stream, long size) {
    this.size = size;
    int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, size - 1));
    this.half = (bits + 1) / 2;
    this.mask = (1L << half) - 1;
    for (int round = 0; round < ROUNDS; round++) {
      keys[round] = stream.nextLong();
    }
  }

  /** The number in place {@code index}. */
  public long at(long index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index + " of " + size);
    }
    long value = index;
    do {
      value = step(value);
    } while (value >= size);
    return value;
  }

  private long step(long value) {
    long left = value >>> half;
    long right = value & mask;
    for (long key : keys) {
      long next = left ^ (mix(right ^ key) & mask);
      left = right;
      right = next;
    }
    return left << half | right;
  }

  /** The finalizer of SplitMix64. */
  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
