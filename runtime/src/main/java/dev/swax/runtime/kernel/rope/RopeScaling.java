package dev.swax.runtime.kernel.rope;

import java.util.List;

/**
 * How the frequencies of a rotation are changed, so that a model reads longer texts than those it
 * was first trained on.
 */
public sealed interface RopeScaling {

  /** The frequency of a pair of the {@code columns} that are turned. */
  double frequency(int pair, int columns, double base);

  /** What turned values are multiplied by. */
  default double magnitude() {
    return 1;
  }

  private static double plain(int pair, int columns, double base) {
    return Math.pow(base, -2.0 * pair / columns);
  }

  /** {@code base^(-2i/columns)}. */
  record None() implements RopeScaling {
    @Override
    public double frequency(int pair, int columns, double base) {
      return plain(pair, columns, base);
    }
  }

  /** All divided by a factor. */
  record Linear(double factor) implements RopeScaling {
    @Override
    public double frequency(int pair, int columns, double base) {
      return plain(pair, columns, base) / factor;
    }
  }

  /**
   * Divided by a factor where {@code original} tokens are fewer than {@code low} turns, left alone
   * where they are more than {@code high}, mixed by their number of turns between (Llama 3.1).
   */
  record Llama3(double factor, double low, double high, double original) implements RopeScaling {
    @Override
    public double frequency(int pair, int columns, double base) {
      double plain = plain(pair, columns, base);
      double turns = original * plain / (2 * Math.PI);
      if (turns < low) {
        return plain / factor;
      }
      if (turns > high) {
        return plain;
      }
      double kept = (turns - low) / (high - low);
      return (1 - kept) * plain / factor + kept * plain;
    }
  }

  /**
   * YaRN (Peng et al. 2023): left alone up to the pair that turns {@code fast} times in {@code
   * original} tokens, divided by the factor from the one that turns {@code slow} times, mixed by
   * the number of the pair between.
   *
   * @param truncate whether the borders are rounded outwards to whole pairs
   */
  record Yarn(
      double factor, double original, double fast, double slow, boolean truncate, double magnitude)
      implements RopeScaling {

    /** {@code 0.1 ln(factor) + 1}: what turned values are multiplied by if nothing else is said. */
    public static double magnitude(double factor) {
      return factor <= 1 ? 1 : 0.1 * Math.log(factor) + 1;
    }

    @Override
    public double frequency(int pair, int columns, double base) {
      double from = pairThatTurns(fast, columns, base);
      double to = pairThatTurns(slow, columns, base);
      from = Math.max(0, truncate ? Math.floor(from) : from);
      to = Math.min(columns - 1, truncate ? Math.ceil(to) : to);
      double divided = Math.clamp((pair - from) / (to == from ? 0.001 : to - from), 0.0, 1.0);
      double plain = plain(pair, columns, base);
      return plain / factor * divided + plain * (1 - divided);
    }

    private double pairThatTurns(double times, int columns, double base) {
      return columns * Math.log(original / (times * 2 * Math.PI)) / (2 * Math.log(base));
    }
  }

  /**
   * LongRoPE (Ding et al. 2024): each pair divided by a factor of its own, which was searched for.
   *
   * @param factors one for each pair
   */
  record LongRope(List<Double> factors, double magnitude) implements RopeScaling {
    public LongRope {
      factors = List.copyOf(factors);
    }

    /** {@code sqrt(1 + ln(factor) / ln(original))}, for texts that are so much longer. */
    public static double magnitude(double factor, double original) {
      return factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original));
    }

    @Override
    public double frequency(int pair, int columns, double base) {
      return plain(pair, columns, base) / factors.get(pair);
    }
  }
}
