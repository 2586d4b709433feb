package dev.swax.compiler.facts;

import java.util.Locale;

/** Amounts for people. */
final class Amounts {
  private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
  private static final String[] COUNTS = {"", "k", "M", "B", "T"};
  private static final int KIBI = 1024;
  private static final int THOUSAND = 1000;

  private Amounts() {}

  /** {@code 1.50 MiB}. */
  static String bytes(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= KIBI && unit < BYTES.length - 1) {
      amount /= KIBI;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.2f %s", amount, BYTES[unit]);
  }

  /** {@code 1.483B}; up to 999 as it is. */
  static String count(double count) {
    double amount = count;
    int unit = 0;
    while (amount >= THOUSAND && unit < COUNTS.length - 1) {
      amount /= THOUSAND;
      unit++;
    }
    return unit == 0
        ? String.format(Locale.ROOT, "%.0f", count)
        : String.format(Locale.ROOT, "%.3f%s", amount, COUNTS[unit]);
  }

  /** {@code 3.0041e9}: the exponent is a multiple of three. */
  static String engineering(double amount) {
    int exponent = 0;
    double mantissa = amount;
    while (mantissa >= THOUSAND) {
      mantissa /= THOUSAND;
      exponent += 3;
    }
    return String.format(Locale.ROOT, "%.4fe%d", mantissa, exponent);
  }

  /** {@code 16,384}. */
  static String grouped(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** {@code 1184} or {@code 1184.5}. */
  static String mean(double mean) {
    String tenths = String.format(Locale.ROOT, "%.1f", mean);
    return tenths.endsWith(".0") ? tenths.substring(0, tenths.length() - 2) : tenths;
  }
}
