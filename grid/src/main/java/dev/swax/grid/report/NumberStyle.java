package dev.swax.grid.report;

import dev.swax.grid.result.Entry;
import dev.swax.grid.result.Row;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;

/**
 * How the numbers of one row are written: by the row's own pattern, else with the decimals that
 * give its largest value four significant digits, and with commas between thousands.
 */
final class NumberStyle {
  private static final String MINUS = "\u2212";
  private static final int DIGITS = 4;

  private final String pattern;

  private NumberStyle(String pattern) {
    this.pattern = pattern;
  }

  static NumberStyle of(Row row, List<Entry> entries) {
    String stated = row.format();
    return new NumberStyle(stated == null ? patternFor(largest(entries)) : stated);
  }

  private static double largest(List<Entry> entries) {
    double largest = 0;
    for (Entry entry : entries) {
      if (entry instanceof Entry.Value value && Double.isFinite(value.mean())) {
        largest = Math.max(largest, Math.abs(value.mean()));
      }
      Entry.Reference reference = entry.reference();
      if (reference != null && Double.isFinite(reference.value())) {
        largest = Math.max(largest, Math.abs(reference.value()));
      }
    }
    return largest;
  }

  private static String patternFor(double largest) {
    if (largest == 0) {
      return "0";
    }
    BigDecimal shown = new BigDecimal(largest).round(new MathContext(DIGITS, RoundingMode.HALF_UP));
    int exponent = shown.precision() - shown.scale() - 1;
    if (exponent < -DIGITS || exponent > 9) {
      return "0.000E0";
    }
    int decimals = Math.max(0, DIGITS - 1 - exponent);
    return decimals == 0 ? "#,##0" : "0." + "0".repeat(decimals);
  }

  /** As the pattern says, a true minus sign for negatives; "NaN" and "∞" as such. */
  String write(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return (value < 0 ? MINUS : "") + "∞";
    }
    String magnitude = format().format(Math.abs(value));
    return value < 0 && !isZero(magnitude) ? MINUS + magnitude : magnitude;
  }

  /** With its sign also where it is positive; a difference that rounds to zero has none. */
  String writeDifference(double value) {
    String text = write(value);
    return value > 0 && !isZero(text) ? "+" + text : text;
  }

  /**
   * As {@link #writeDifference}, but never as zero: with an exponent where the pattern is too
   * coarse.
   */
  String writeNonzeroDifference(double value) {
    return value != 0 && isZero(write(value))
        ? new NumberStyle("0.0E0").writeDifference(value)
        : writeDifference(value);
  }

  private static boolean isZero(String text) {
    return text.chars().noneMatch(c -> (c >= '1' && c <= '9') || c == '∞');
  }

  private DecimalFormat format() {
    DecimalFormat format =
        new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
    format.setRoundingMode(RoundingMode.HALF_UP);
    return format;
  }
}
