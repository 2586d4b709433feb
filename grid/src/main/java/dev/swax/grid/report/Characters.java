package dev.swax.grid.report;

/** Makes any text fit to be shown. */
final class Characters {
  private static final int REPLACEMENT = 0xFFFD;

  private Characters() {}

  /**
   * On one line, with every character one that XML may hold: white space becomes a space, other
   * control characters and lone surrogates become U+FFFD.
   */
  static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    text.strip()
        .codePoints()
        .forEach(c -> printable.appendCodePoint(Character.isWhitespace(c) ? ' ' : inXml(c)));
    return printable.toString();
  }

  /** As {@link #printable}, with its lines kept; they end in LF. */
  static String printableLines(String text) {
    StringBuilder printable = new StringBuilder();
    text.replace("\r\n", "\n")
        .codePoints()
        .forEach(c -> printable.appendCodePoint(c == '\n' ? c : inXml(c)));
    return printable.toString();
  }

  private static int inXml(int c) {
    boolean control = Character.getType(c) == Character.CONTROL && c != '\t';
    boolean outside = Character.getType(c) == Character.SURROGATE || (c & 0xFFFE) == 0xFFFE;
    return control || outside ? REPLACEMENT : c;
  }
}
