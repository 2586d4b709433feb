package dev.swax.runtime.data;

/**
 * How long documents are, in memory that does not grow with their number: exact up to 65,535
 * tokens, and to a thousandth above.
 */
public final class Lengths {
  private static final int EXACT = 1 << 16;
  private static final int STEPS = 1 << 10;

  private final long[] counts = new long[EXACT + 16 * STEPS];
  private final long[] tokens = new long[Integer.SIZE / 2];
  private final long[] documents = new long[Integer.SIZE / 2];
  private long count;
  private int shortest = Integer.MAX_VALUE;
  private int longest;

  /** Another document. */
  public void add(int length) {
    counts[index(length)]++;
    count++;
    shortest = Math.min(shortest, length);
    longest = Math.max(longest, length);
    int range = range(length);
    documents[range]++;
    tokens[range] += length;
  }

  private static int index(int length) {
    if (length < EXACT) {
      return length;
    }
    int power = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(length);
    return EXACT + (power - 16) * STEPS + (length >> (power - 10)) - STEPS;
  }

  private static int length(int index) {
    int power = (index - EXACT) / STEPS + 16;
    return index < EXACT ? index : ((index - EXACT) % STEPS + STEPS) << (power - 10);
  }

  public long count() {
    return count;
  }

  public int shortest() {
    return count == 0 ? 0 : shortest;
  }

  public int longest() {
    return longest;
  }

  /** What so many of all are shorter than, or as long as. */
  public int quantile(double share) {
    long wanted = (long) Math.ceil(share * count);
    long seen = 0;
    for (int index = 0; index < counts.length; index++) {
      seen += counts[index];
      if (seen >= wanted && seen > 0) {
        return Math.min(longest, length(index));
      }
    }
    return longest;
  }

  /** Ranges by powers of four: the first has lengths 0 to 3, the next 4 to 15. */
  public static int range(int length) {
    return (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(Math.max(1, length))) / 2;
  }

  /** Documents of a range. */
  public long documents(int range) {
    return documents[range];
  }

  /** Tokens of a range. */
  public long tokens(int range) {
    return tokens[range];
  }
}
