package dev.swax.grid.report;

import dev.swax.runtime.Visible;

/** Makes any text fit to be shown. */
final class Characters {
  private Characters() {}

  /**
   * On one line, with every character one that XML may hold: white space becomes a space, control
   * characters, marks of direction and lone surrogates become U+FFFD.
   */
  static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    text.strip()
        .codePoints()
        .forEach(c -> printable.appendCodePoint(Character.isWhitespace(c) ? ' ' : c));
    return Visible.harmless(printable.toString());
  }

  /** As {@link #printable}, with its lines kept; they end in LF. */
  static String printableLines(String text) {
    return Visible.harmlessLines(text.replace("\r\n", "\n"));
  }
}
