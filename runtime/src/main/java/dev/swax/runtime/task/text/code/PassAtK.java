package dev.swax.runtime.task.text.code;

/** The chance that one of k samples passes. */
public final class PassAtK {
  private PassAtK() {}

  /**
   * {@code 1 - C(n-c, k) / C(n, k) = 1 - prod_{j=n-c+1..n} (1 - k/j)}, unbiased for n samples of
   * which c pass; 1 where fewer than k fail (Chen et al., 2021).
   */
  public static double estimate(int samples, int passed, int k) {
    if (passed < 0 || passed > samples || k < 1 || k > samples) {
      throw new IllegalArgumentException("pass@%d of %d/%d".formatted(k, passed, samples));
    }
    if (samples - passed < k) {
      return 1;
    }
    double none = 1;
    for (int j = samples - passed + 1; j <= samples; j++) {
      none *= 1 - (double) k / j;
    }
    return 1 - none;
  }
}
