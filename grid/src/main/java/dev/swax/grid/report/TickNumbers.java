package dev.swax.grid.report;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** How the numbers along an axis are written: with the decimals that tell its ticks apart. */
public final class TickNumbers {
  private static final int MOST_DECIMALS = 6;
  private static final double LARGE = 1e7;

  private TickNumbers() {}

  /** With thousands apart, or as a power of ten where that is shorter. */
  public static String plain(double value, double step) {
    int decimals = decimals(step);
    boolean scientific = decimals > MOST_DECIMALS || Math.abs(value) >= LARGE;
    return write(scientific ? "0.##E0" : pattern(decimals), value);
  }

  /** For shares of one. */
  static String percent(double value, double step) {
    return write(pattern(Math.max(0, decimals(step) - 2)) + "%", value);
  }

  private static int decimals(double step) {
    return (int) Math.max(0, -Math.floor(StrictMath.log10(step) + 1e-9));
  }

  private static String pattern(int decimals) {
    return decimals == 0 ? "#,##0" : "0." + "0".repeat(decimals);
  }

  private static String write(String pattern, double value) {
    return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(value + 0.0)
        .replace("-", "\u2212");
  }
}
