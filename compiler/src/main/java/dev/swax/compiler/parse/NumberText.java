package dev.swax.compiler.parse;

import dev.swax.compiler.syntax.Expression.Multiplier;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a number as it was written: {@code 128Ki} is 128 and Ki. */
record NumberText(BigDecimal value, Multiplier multiplier) {
  private static final Pattern FORM =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?(?:[eE]([+-]?[0-9]+))?)([A-Za-z_][A-Za-z0-9_]*)?");
  private static final int LONGEST = 40;
  private static final int LARGEST_EXPONENT = 300;

  /** What is wrong with a number, and what to type. */
  record Fault(String message, String help) {}

  /** The number without its unit; a multiplier that does not exist counts as one. */
  static NumberText of(String text) {
    Matcher form = match(text);
    if (digits(form).length() > LONGEST || exponentIsTooLarge(form)) {
      return new NumberText(BigDecimal.ZERO, Multiplier.ONE);
    }
    return new NumberText(
        new BigDecimal(digits(form)), multiplier(word(form)).orElse(Multiplier.ONE));
  }

  /** Empty if the number can be read. */
  static Optional<Fault> fault(String text) {
    Matcher form = match(text);
    if (digits(form).length() > LONGEST) {
      return Optional.of(
          new Fault(
              "a number has at most %d digits, this one has %d"
                  .formatted(LONGEST, digits(form).length()),
              "write it with an exponent, such as `1e9`"));
    }
    if (exponentIsTooLarge(form)) {
      return Optional.of(
          new Fault(
              "the exponent of `%s` is outside -%d to %d"
                  .formatted(text, LARGEST_EXPONENT, LARGEST_EXPONENT),
              "write a smaller exponent, such as `1e9`"));
    }
    return multiplier(word(form)).isPresent()
        ? Optional.empty()
        : Optional.of(wrongWord(digits(form), word(form)));
  }

  private static Fault wrongWord(String digits, String word) {
    if (word.startsWith("_") && word.substring(1).chars().allMatch(c -> isDigit(c) || c == '_')) {
      return new Fault(
          "a number is written without `_`",
          "write `%s%s`".formatted(digits, word.replace("_", "")));
    }
    if (word.equals("tok") || word.equals("step")) {
      return new Fault(
          "`%s` needs a space before it".formatted(word), "write `%s %s`".formatted(digits, word));
    }
    for (String unit : new String[] {"tok", "step"}) {
      if (word.endsWith(unit) && multiplier(word.substring(0, word.length() - 3)).isPresent()) {
        return new Fault(
            "`%s` needs a space before it".formatted(unit),
            "write `%s%s %s`"
                .formatted(digits, word.substring(0, word.length() - unit.length()), unit));
      }
    }
    return new Fault(
        "`%s` is not a multiplier; the multipliers are Ki and Mi (1024s), and k, M and B (1000s)"
            .formatted(word),
        switch (word) {
          case "K", "KB", "kb", "Kb", "ki" -> "write `%sk` or `%sKi`".formatted(digits, digits);
          case "m", "MB", "mb", "mi" -> "write `%sM` or `%sMi`".formatted(digits, digits);
          case "b", "G", "g", "bn", "T" -> "write `%sB`".formatted(digits);
          case "e", "E" -> "write the exponent, such as `%se-4`".formatted(digits);
          default -> "put a space after `%s`, or write `%sk`".formatted(digits, digits);
        });
  }

  private static Optional<Multiplier> multiplier(String word) {
    return switch (word) {
      case "" -> Optional.of(Multiplier.ONE);
      case "Ki" -> Optional.of(Multiplier.KIBI);
      case "Mi" -> Optional.of(Multiplier.MEBI);
      case "k" -> Optional.of(Multiplier.THOUSAND);
      case "M" -> Optional.of(Multiplier.MILLION);
      case "B" -> Optional.of(Multiplier.BILLION);
      default -> Optional.empty();
    };
  }

  private static Matcher match(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("not a number: " + text);
    }
    return form;
  }

  private static String digits(Matcher form) {
    String digits = form.group(1);
    if (digits == null) {
      throw new IllegalStateException("a number without digits");
    }
    return digits;
  }

  private static String word(Matcher form) {
    String word = form.group(3);
    return word == null ? "" : word;
  }

  private static boolean exponentIsTooLarge(Matcher form) {
    String exponent = form.group(2);
    return exponent != null
        && (exponent.length() > 6 || Math.abs(Integer.parseInt(exponent)) > LARGEST_EXPONENT);
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }
}
