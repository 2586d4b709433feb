package dev.swax.runtime.kernel.rope;

/**
 * Rotary positions (Su et al. 2021) on the heads of a value: pair i of a head is turned by {@code
 * position * frequency_i}.
 *
 * @param headWidth of a head
 * @param columns that are turned, the first of each head, an even number; the others stay
 * @param base of the frequencies, {@code base^(-2i/columns)}
 * @param pairs which two columns are a pair
 * @param scaling of the frequencies
 */
public record Rotation(int headWidth, int columns, double base, Pairs pairs, RopeScaling scaling) {

  /** Which two of the turned columns are a pair. */
  public enum Pairs {
    /** Neighbours: 2i and 2i + 1. */
    INTERLEAVED,
    /** One of each half: i and i + columns / 2. */
    HALF
  }

  public Rotation {
    if (columns < 0 || columns % 2 != 0 || columns > headWidth) {
      throw new IllegalArgumentException("%d of %d columns".formatted(columns, headWidth));
    }
  }

  /** All columns, neighbours as pairs, frequencies as they are. */
  public static Rotation plain(int headWidth, double base) {
    return new Rotation(headWidth, headWidth, base, Pairs.INTERLEAVED, new RopeScaling.None());
  }

  /** Whether it is {@link #plain}. */
  public boolean isPlain() {
    return columns == headWidth
        && pairs == Pairs.INTERLEAVED
        && scaling instanceof RopeScaling.None;
  }

  /** Of each pair. */
  public double[] frequencies() {
    double[] frequencies = new double[columns / 2];
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] = scaling.frequency(i, columns, base);
    }
    return frequencies;
  }

  /** How many columns after its first one the second column of a pair is. */
  public int apart() {
    return pairs == Pairs.HALF ? columns / 2 : 1;
  }

  /** The first column of a pair. */
  public int first(int pair) {
    return pairs == Pairs.HALF ? pair : 2 * pair;
  }

  /** The base, and whatever is not plain. */
  @Override
  public String toString() {
    var text = new StringBuilder("theta: ").append(base);
    if (columns != headWidth) {
      text.append(", columns: ").append(columns);
    }
    if (pairs == Pairs.HALF) {
      text.append(", pairs: half");
    }
    if (!(scaling instanceof RopeScaling.None)) {
      text.append(", scale: ").append(scaling);
    }
    return text.toString();
  }
}
