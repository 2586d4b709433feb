package dev.swax.grid.statistics;

import java.util.List;

/**
 * Wilson's interval of a share (1927). With k of n, {@code z} the 97.5 % quantile of the normal
 * distribution, p = k / n, it is {@code (p + z² / 2n ± z sqrt(p (1 - p) / n + z² / 4n²)) / (1 + z²
 * / n)}. It stays within 0 and 1, and has a width where all or none are counted.
 */
public final class Wilson {
  /** The 97.5 % quantile of the normal distribution. */
  static final double Z = 1.959963984540054;

  private Wilson() {}

  /** The share of ones among zeros and ones. */
  public static Estimate of(List<Double> values) {
    int n = values.size();
    double k = Sums.of(values);
    double p = k / n;
    double z2 = Z * Z;
    double middle = p + z2 / (2 * n);
    double half = Z * Math.sqrt(p * (1 - p) / n + z2 / (4.0 * n * n));
    double scale = 1 + z2 / n;
    double low = k == 0 ? 0 : (middle - half) / scale;
    double high = k == n ? 1 : (middle + half) / scale;
    return new Estimate(p, low, high, n);
  }
}
