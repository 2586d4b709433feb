package dev.swax.cli.compare;

import java.util.Locale;

/** How numbers of a table are written. */
final class Numbers {
  private static final double LARGE = 1000;

  private Numbers() {}

  /** Four decimals, or none where the number is large or whole. */
  static String text(double value) {
    if (Double.isNaN(value)) {
      return Comparison.NOTHING;
    }
    boolean whole = value == Math.rint(value) || Math.abs(value) >= LARGE;
    return String.format(Locale.ROOT, whole ? "%,.0f" : "%.4f", value);
  }

  /** A value, with what it is more or less than that of the first run. */
  static String text(Result result, int run) {
    double value = result.values().get(run);
    double first = result.values().getFirst();
    boolean compared =
        run > 0
            && result.better() != Result.Better.NEITHER
            && !Double.isNaN(value)
            && !Double.isNaN(first)
            && value != first;
    return compared ? "%s (%s)".formatted(text(value), difference(value - first)) : text(value);
  }

  private static String difference(double value) {
    return (value > 0 ? "+" : "") + text(value);
  }
}
