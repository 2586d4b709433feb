package dev.swax.cli;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * Whole numbers of the command line, written as files write them: {@code 512}, {@code 2k}, {@code
 * 64Ki}.
 */
final class WholeNumber {
  private static final Pattern WRITTEN = Pattern.compile("([+-]?\\d+(?:\\.\\d+)?)(k|M|B|Ki|Mi)?");
  private static final Map<String, BigDecimal> MULTIPLIERS =
      Map.of(
          "k", BigDecimal.valueOf(1_000),
          "M", BigDecimal.valueOf(1_000_000),
          "B", BigDecimal.valueOf(1_000_000_000),
          "Ki", BigDecimal.valueOf(1 << 10),
          "Mi", BigDecimal.valueOf(1 << 20));

  private WholeNumber() {}

  static int toInt(String text) {
    return (int) between(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  static long toLong(String text) {
    return between(text, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static long between(String text, long least, long most) {
    Matcher matcher = WRITTEN.matcher(text.strip());
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "`%s` is not a whole number, such as `512`, `2k` or `64Ki`".formatted(text));
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    String multiplier = matcher.group(2);
    BigDecimal value = multiplier == null ? number : number.multiply(MULTIPLIERS.get(multiplier));
    if (value.stripTrailingZeros().scale() > 0) {
      throw new TypeConversionException("`%s` is not whole".formatted(text));
    }
    if (value.compareTo(BigDecimal.valueOf(least)) < 0
        || value.compareTo(BigDecimal.valueOf(most)) > 0) {
      throw new TypeConversionException(
          String.format(Locale.ROOT, "`%s` is not between %d and %d", text, least, most));
    }
    return value.longValueExact();
  }
}
