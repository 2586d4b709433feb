package dev.swax.grid.assemble;

import java.util.List;

/** All numbers from {@code low} to {@code high}; what is computed of them contains all results. */
record Interval(double low, double high) {
  /** Room for the rounding of binary numbers, small beside any printed digit. */
  private static final double ROUNDING = 1e-9;

  static Interval of(double value) {
    return new Interval(value, value);
  }

  double middle() {
    return (low + high) / 2;
  }

  boolean meets(Interval other) {
    double room = ROUNDING * Math.max(1, Math.abs(middle()));
    return low <= other.high + room && other.low <= high + room;
  }

  Interval negated() {
    return new Interval(-high, -low);
  }

  Interval plus(Interval other) {
    return new Interval(low + other.low, high + other.high);
  }

  Interval times(Interval other) {
    return hull(low * other.low, low * other.high, high * other.low, high * other.high);
  }

  Interval over(Interval other) {
    return hull(low / other.low, low / other.high, high / other.low, high / other.high);
  }

  private static Interval hull(double a, double b, double c, double d) {
    return new Interval(
        Math.min(Math.min(a, b), Math.min(c, d)), Math.max(Math.max(a, b), Math.max(c, d)));
  }

  static Interval mean(List<Interval> parts) {
    Interval sum = of(0);
    for (Interval part : parts) {
      sum = sum.plus(part);
    }
    return new Interval(sum.low / parts.size(), sum.high / parts.size());
  }
}
