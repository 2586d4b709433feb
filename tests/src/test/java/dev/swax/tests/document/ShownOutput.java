package dev.swax.tests.document;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Compares what a page shows with what a command printed.
 *
 * <p>A line {@code ...} stands for any lines, {@code ...} within a line for any text. Speed, time
 * and memory may be any number. Whole numbers below 1,000 have to be equal. Other numbers may be a
 * fifth away: other machines round otherwise, and texts grow.
 */
final class ShownOutput {
  private static final Pattern MACHINE =
      Pattern.compile(
          "tok/s [\\d,.]+|mem [\\d.]+ ?[GMK]iB|eta [\\d:]+|in [\\d:.]+ ?(?:ms|s|min|h)\\b"
              + "|[\\d,.]+ (?:ms|s|min|h|tok/s|GFLOP/s)\\b|\\b\\d\\d:\\d\\d(?::\\d\\d)?\\b"
              + "|\\d{4}-\\d\\d-\\d\\d");
  private static final Pattern NUMBER = Pattern.compile("\\d[\\d,]*(?:\\.\\d+)?(?:e[+-]?\\d+)?");
  private static final String ANY = "...";
  private static final double SHARE = 0.2;

  private ShownOutput() {}

  /** What is shown but was not printed there; empty where all was. */
  static List<String> missing(String shown, String printed) {
    List<String> missing = new ArrayList<>();
    List<String> lines = printed.lines().map(String::stripTrailing).toList();
    int at = 0;
    boolean anywhere = false;
    for (String line : shown.lines().map(String::stripTrailing).toList()) {
      if (line.strip().equals(ANY)) {
        anywhere = true;
        continue;
      }
      int found = find(line, lines, at, anywhere);
      if (found < 0) {
        missing.add(line);
      } else {
        at = found + 1;
        anywhere = false;
      }
    }
    if (!shown.isBlank() && !anywhere && at < lines.size()) {
      missing.add("nothing after line " + at + ", but there is: " + lines.get(at));
    }
    return missing;
  }

  private static int find(String line, List<String> lines, int from, boolean anywhere) {
    int end = anywhere ? lines.size() : Math.min(from + 1, lines.size());
    for (int i = from; i < end; i++) {
      if (isLike(line, lines.get(i))) {
        return i;
      }
    }
    return -1;
  }

  static boolean isLike(String shown, String printed) {
    String[] parts = plain(shown).split(Pattern.quote(ANY), -1);
    var pattern = new StringBuilder();
    for (String part : parts) {
      pattern.append(pattern.isEmpty() ? "" : ".*?").append(ofText(part));
    }
    var match = Pattern.compile(pattern.toString()).matcher(plain(printed));
    if (!match.matches()) {
      return false;
    }
    List<String> numbers = numbers(plain(shown));
    for (int i = 0; i < numbers.size(); i++) {
      if (!isNear(numbers.get(i), match.group(i + 1))) {
        return false;
      }
    }
    return true;
  }

  /** A pattern of a text whose numbers are groups. */
  private static String ofText(String text) {
    var pattern = new StringBuilder();
    int end = 0;
    for (MatchResult number : NUMBER.matcher(text).results().toList()) {
      pattern.append(spaced(text.substring(end, number.start())));
      pattern.append("(").append(NUMBER.pattern()).append(")");
      end = number.end();
    }
    return pattern.append(spaced(text.substring(end))).toString();
  }

  /** Columns may be wider where a number has another length. */
  private static String spaced(String text) {
    var pattern = new StringBuilder();
    for (String part : text.split("(?<= )(?! )|(?<! )(?= )")) {
      pattern.append(part.isBlank() && !part.isEmpty() ? " +" : Pattern.quote(part));
    }
    return pattern.toString();
  }

  private static String plain(String line) {
    return MACHINE.matcher(line.replace('\u00a0', ' ')).replaceAll("@");
  }

  private static List<String> numbers(String text) {
    return NUMBER.matcher(text).results().map(MatchResult::group).toList();
  }

  private static boolean isNear(String shown, String printed) {
    if (shown.equals(printed)) {
      return true;
    }
    double a = Double.parseDouble(shown.replace(",", ""));
    double b = Double.parseDouble(printed.replace(",", ""));
    boolean exact = shown.matches("\\d+") && a < 1000;
    return !exact && Math.abs(a - b) <= SHARE * Math.max(Math.abs(a), Math.abs(b));
  }
}
