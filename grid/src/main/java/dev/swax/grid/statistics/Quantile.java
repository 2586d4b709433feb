package dev.swax.grid.statistics;

/** Quantiles of sorted values, between two of them by a straight line. */
final class Quantile {
  private Quantile() {}

  /**
   * With {@code h = (n - 1) q}: {@code x[floor h] + (h - floor h) (x[floor h + 1] - x[floor h])}.
   */
  static double of(double[] sorted, double q) {
    double at = (sorted.length - 1) * q;
    int below = (int) Math.floor(at);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /** The middle one, or the mean of the middle two. */
  static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
