package dev.swax.runtime.schedule;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as text. */
public final class Numbers {
  private Numbers() {}

  /** Up to 12 significant digits without trailing zeros; below a hundredth as {@code 3e-4}. */
  public static String shortest(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(12)).stripTrailingZeros();
    if (Math.abs(value) >= 0.01 || value == 0) {
      return rounded.toPlainString();
    }
    int exponent = rounded.precision() - rounded.scale() - 1;
    return rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
  }
}
