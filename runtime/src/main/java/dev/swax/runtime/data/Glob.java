package dev.swax.runtime.data;

import java.util.regex.Pattern;

/**
 * A pattern over paths with forward slashes: {@code *} and {@code ?} stay within a folder's name,
 * {@code **} crosses folders, and a leading {@code **}{@code /} also matches no folder at all.
 */
final class Glob {
  private final Pattern pattern;

  Glob(String text) {
    this.pattern = Pattern.compile(toRegex(text), Pattern.DOTALL);
  }

  /** Whether {@code path} matches as a whole. */
  boolean matches(String path) {
    return pattern.matcher(path).matches();
  }

  /** Whether the text says more than one path. */
  static boolean isPattern(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
  }

  private static String toRegex(String text) {
    StringBuilder regex = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      if (text.startsWith("**/", i)) {
        regex.append("(?:.*/)?");
        i += 3;
      } else if (text.startsWith("**", i)) {
        regex.append(".*");
        i += 2;
      } else {
        regex.append(
            switch (text.charAt(i)) {
              case '*' -> "[^/]*";
              case '?' -> "[^/]";
              default -> Pattern.quote(text.substring(i, i + 1));
            });
        i++;
      }
    }
    return regex.toString();
  }
}
