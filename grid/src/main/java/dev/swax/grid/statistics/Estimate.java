package dev.swax.grid.statistics;

/**
 * A value with an interval that covers what lies behind it in 95 % of cases.
 *
 * @param low end of the interval
 * @param high end of the interval
 * @param p how often chance alone gives a difference at least as large; NaN where nothing was
 *     compared
 * @param count of the values that it was made of
 */
public record Estimate(double value, double low, double high, double p, int count) {
  Estimate(double value, double low, double high, int count) {
    this(value, low, high, Double.NaN, count);
  }
}
