package dev.swax.runtime.kernel.memory;

import dev.swax.runtime.kernel.memory.MemoryShape.Normalizer;

/**
 * What the output of a memory is divided by. With the stabilised sum {@code s = q . n} and maximum
 * m:
 *
 * <pre>
 * NONE         e^-m
 * SUM          s + eps sign(s)                     (sign(0) = 1)
 * MAX_ABS_ONE  max(|s|, e^-m) + eps
 * </pre>
 *
 * <p>The divisor that is kept for the gradient of MAX_ABS_ONE has the sign of s; its magnitude is
 * what divides. So {@code |s| > e^-m} can be read from it.
 */
final class MemoryDivisor {
  /** Keeps a sum of zero from dividing. */
  static final float EPSILON = 1e-6f;

  private MemoryDivisor() {}

  /** The divisor, for MAX_ABS_ONE with the sign of {@code sum}; {@code one} is e^-m. */
  static double of(Normalizer normalizer, double sum, double one) {
    return switch (normalizer) {
      case NONE -> one;
      case SUM -> sum + Math.copySign(EPSILON, sum);
      case MAX_ABS_ONE -> Math.copySign(Math.max(Math.abs(sum), one) + EPSILON, sum);
    };
  }

  /** What divides. */
  static double magnitude(Normalizer normalizer, double divisor) {
    return normalizer == Normalizer.SUM ? divisor : Math.abs(divisor);
  }

  /** {@code (dd / ds) / d} of the divisor d that divides, by the kept divisor and e^-m. */
  static double slope(Normalizer normalizer, double divisor, double one) {
    return switch (normalizer) {
      case NONE -> 0;
      case SUM -> 1 / divisor;
      // In fp32, as the divisor was kept: where e^-m divides the two are equal.
      case MAX_ABS_ONE -> (float) Math.abs(divisor) > (float) (one + EPSILON) ? 1 / divisor : 0;
    };
  }
}
