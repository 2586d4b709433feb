package dev.swax.compiler.source;

/**
 * A stretch of a source file: offsets in UTF-16 units, {@code start} inclusive, {@code end} not.
 */
public record Span(SourceFile file, int start, int end) {

  /** The smallest span that covers both. Both must lie in the same file. */
  public Span to(Span other) {
    return new Span(file, Math.min(start, other.start), Math.max(end, other.end));
  }

  /** The text itself. */
  public String text() {
    return file.text().substring(start, end);
  }

  /** The text on one line, without the comments in it. */
  public String words() {
    String text = text();
    var words = new StringBuilder();
    boolean quoted = false;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (!quoted && text.startsWith("//", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
        c = ' ';
      } else if (quoted && c == '\\' && at + 1 < text.length()) {
        words.append(c);
        at++;
        c = text.charAt(at);
      } else if (c == '"') {
        quoted = !quoted;
      }
      boolean blank = !quoted && Character.isWhitespace(c);
      if (!blank) {
        words.append(c);
      } else if (!words.isEmpty() && words.charAt(words.length() - 1) != ' ') {
        words.append(' ');
      }
    }
    return words.toString().strip();
  }

  /** Line of the start, from 1. */
  public int line() {
    return file.line(start);
  }

  /** Column of the start, from 1, in UTF-16 units. */
  public int column() {
    return start - file.text().lastIndexOf('\n', start - 1);
  }

  /** {@code models.swax:12}, the form that generated code and reports use. */
  @Override
  public String toString() {
    String name = file.name();
    return name.substring(name.lastIndexOf('/') + 1) + ":" + line();
  }
}
