package dev.swax.grid.assemble;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A number as it is printed somewhere. It stands for every number that rounds to it.
 *
 * @param text {@code 28.71}
 */
record Printed(String text) {
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?");

  /** Empty where the text is no number. */
  static Optional<Printed> parse(String text) {
    return NUMBER.matcher(text).matches() ? Optional.of(new Printed(text)) : Optional.empty();
  }

  double value() {
    return Double.parseDouble(text);
  }

  /** Half of one in its last digit: how far what was rounded to it can be away. */
  double rounding() {
    int point = text.indexOf('.');
    int decimals = point < 0 ? 0 : text.length() - point - 1;
    return 0.5 * Math.pow(10, -decimals);
  }

  Interval interval() {
    return new Interval(value() - rounding(), value() + rounding());
  }

  /** Every number that differs in one digit. */
  List<Printed> slips() {
    List<Printed> slips = new ArrayList<>();
    for (int at = 0; at < text.length(); at++) {
      for (char digit = '0'; Character.isDigit(text.charAt(at)) && digit <= '9'; digit++) {
        if (digit != text.charAt(at)) {
          slips.add(new Printed(text.substring(0, at) + digit + text.substring(at + 1)));
        }
      }
    }
    return slips;
  }
}
