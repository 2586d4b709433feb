package dev.swax.runtime.kernel.tile;

/** {@code erf(x) = 2/sqrt(pi) ∫ e^-t² dt} from 0 to x, in double. */
public final class ErrorFunction {
  private static final double TWO_OVER_ROOT_OF_PI = 2 / Math.sqrt(Math.PI);

  /** From here on erf is 1 in double precision. */
  private static final double LARGEST = 6;

  private ErrorFunction() {}

  /**
   * {@code 2/sqrt(pi) e^-x² (x + 2 x³ / 3 + 4 x⁵ / 15 + …)}: each term is the one before times
   * {@code 2 x² / (2 n + 1)}, and nothing cancels.
   */
  public static double of(double x) {
    if (Math.abs(x) > LARGEST) {
      return Math.signum(x);
    }
    double sum = x;
    double term = x;
    for (int n = 1; Math.abs(term) > Math.ulp(sum) / 4; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return TWO_OVER_ROOT_OF_PI * Math.exp(-x * x) * sum;
  }
}
