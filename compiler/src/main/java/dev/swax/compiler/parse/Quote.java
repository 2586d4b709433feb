package dev.swax.compiler.parse;

import org.antlr.v4.runtime.Token;

/** How messages quote a piece of a file. */
final class Quote {
  private static final int LONGEST = 40;

  private Quote() {}

  /** The word or sign in backticks, or {@code the end of the file}. */
  static String of(Token token) {
    return token.getType() == Token.EOF
        ? "the end of the file"
        : "`" + shorten(token.getText()) + "`";
  }

  /** On one line, and cut where it is long. */
  static String shorten(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    int end = Math.min(line.length(), LONGEST);
    if (end < line.length() && Character.isHighSurrogate(line.charAt(end - 1))) {
      end--;
    }
    return end == line.length() ? line : line.substring(0, end) + "…";
  }
}
