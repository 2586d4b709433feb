package dev.swax.compiler.codegen;

import dev.swax.runtime.Visible;

/**
 * The one way of any text into the comments of generated source. javac translates {@code \}{@code
 * u} there before it looks for the comment's end, and Javadoc reads tags, so that a name could say
 * more than itself. Text between quotes goes through JavaPoet's {@code $S}.
 */
public final class SourceText {
  private static final String MEANING_SOMETHING = "\\*@{}<>&";

  private SourceText() {}

  /**
   * On one line, with each character that javac or Javadoc may read as something else written as
   * {@code [U+005C]}.
   */
  public static String of(String text) {
    var escaped = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          if (Visible.is(c) && MEANING_SOMETHING.indexOf(c) < 0) {
            escaped.appendCodePoint(c);
          } else {
            escaped.append(Visible.codePoint(c));
          }
        });
    return escaped.toString();
  }
}
