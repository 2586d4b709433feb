package dev.swax.grid.assemble;

import dev.swax.compiler.model.grid.GridExpression.Aggregate;
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
    double size = Math.abs(middle());
    double room = ROUNDING * (size > 1 && size < Double.POSITIVE_INFINITY ? size : 1);
    return low <= other.high + room && other.low <= high + room;
  }

  Interval negated() {
    return new Interval(-high, -low);
  }

  Interval plus(Interval other) {
    return new Interval(low + other.low, high + other.high);
  }

  Interval times(Interval other) {
    return hull(
        product(low, other.low),
        product(low, other.high),
        product(high, other.low),
        product(high, other.high));
  }

  /** Of any number, where the other may be 0. */
  Interval over(Interval other) {
    if ((other.low <= 0 && other.high >= 0) || isInfinite() || other.isInfinite()) {
      return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    return hull(low / other.low, low / other.high, high / other.low, high / other.high);
  }

  private boolean isInfinite() {
    return Double.isInfinite(low) || Double.isInfinite(high);
  }

  /** 0 times any number is 0. */
  private static double product(double a, double b) {
    return a == 0 || b == 0 ? 0 : a * b;
  }

  private static Interval hull(double a, double b, double c, double d) {
    return new Interval(
        Math.min(Math.min(a, b), Math.min(c, d)), Math.max(Math.max(a, b), Math.max(c, d)));
  }

  static Interval fold(Aggregate aggregate, List<Interval> parts) {
    Interval folded = parts.getFirst();
    for (Interval part : parts.subList(1, parts.size())) {
      folded =
          switch (aggregate) {
            case MEAN, SUM -> folded.plus(part);
            case MIN ->
                new Interval(Math.min(folded.low, part.low), Math.min(folded.high, part.high));
            case MAX ->
                new Interval(Math.max(folded.low, part.low), Math.max(folded.high, part.high));
          };
    }
    int count = aggregate == Aggregate.MEAN ? parts.size() : 1;
    return new Interval(folded.low / count, folded.high / count);
  }
}
