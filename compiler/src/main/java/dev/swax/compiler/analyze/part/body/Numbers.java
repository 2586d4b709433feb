package dev.swax.compiler.analyze.part.body;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as messages show them. */
public final class Numbers {
  private Numbers() {}

  /** At most six digits and no trailing zeros. */
  static String text(double value) {
    return new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
  }
}
