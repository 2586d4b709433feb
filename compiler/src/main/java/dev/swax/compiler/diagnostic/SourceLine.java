package dev.swax.compiler.diagnostic;

import dev.swax.compiler.source.Span;
import dev.swax.runtime.Visible;

/**
 * The first line of a span as it is shown, with the place of its carets in columns of the screen:
 * tabs are blanks up to the next fourth column, wide characters count two, a very long line is cut
 * around the span.
 */
record SourceLine(String text, int caretColumn, int caretWidth) {
  private static final int WIDEST = 120;
  private static final int BEFORE_CARET = 40;
  private static final int TAB = 4;

  static SourceLine of(Span span) {
    String file = span.file().text();
    int start = file.lastIndexOf('\n', span.start() - 1) + 1;
    int end = file.indexOf('\n', start);
    end = end < 0 ? file.length() : end;
    // A long line is cut before it is measured, so that the cost does not grow with its length.
    int from = Math.max(start, span.start() - WIDEST);
    int to = Math.min(end, span.start() + WIDEST);
    String before = shown(file, from, span.start(), 0);
    int width = width(before);
    String marked =
        shown(file, span.start(), Math.max(span.start(), Math.min(span.end(), to)), width);
    int markedWidth = Math.max(1, width(marked));
    String after =
        span.end() < to
            ? shown(file, Math.max(span.start(), span.end()), to, width + width(marked))
            : "";
    return cut(before, marked + after, markedWidth, from > start || to < end);
  }

  private static SourceLine cut(String before, String rest, int markedWidth, boolean isLong) {
    int column = width(before);
    String text = before + rest;
    if (!isLong && width(text) <= WIDEST) {
      return new SourceLine(text.stripTrailing(), column, markedWidth);
    }
    String left = column > BEFORE_CARET ? "…" + lastColumns(before, BEFORE_CARET) : before;
    String right = firstColumns(rest, WIDEST - BEFORE_CARET);
    String tail = right.length() < rest.length() || isLong ? "…" : "";
    return new SourceLine(
        (left + right + tail).stripTrailing(),
        width(left),
        Math.min(markedWidth, Math.max(1, width(right))));
  }

  /** A text that a terminal shows as it is: no control or invisible formatting characters. */
  static String printable(String text) {
    var printable = new StringBuilder();
    text.codePoints().forEach(c -> printable.appendCodePoint(Visible.is(c) ? c : 0xFFFD));
    return printable.toString();
  }

  private static String shown(String file, int from, int to, int column) {
    var shown = new StringBuilder();
    int at = from;
    int width = column;
    while (at < to) {
      int character = file.codePointAt(at);
      at += Character.charCount(character);
      if (character == '\t') {
        int blanks = TAB - width % TAB;
        shown.repeat(' ', blanks);
        width += blanks;
      } else if (character != '\r' && character != '\n') {
        int safe = Visible.is(character) ? character : 0xFFFD;
        shown.appendCodePoint(safe);
        width += width(safe);
      }
    }
    return shown.toString();
  }

  private static int width(String text) {
    return text.codePoints().map(SourceLine::width).sum();
  }

  /** Columns of one character on a screen. */
  private static int width(int character) {
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
      default -> isWide(character) ? 2 : 1;
    };
  }

  /** East Asian wide and full-width forms, and pictographs. */
  private static boolean isWide(int c) {
    return (c >= 0x1100 && c <= 0x115F)
        || (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F)
        || (c >= 0xAC00 && c <= 0xD7A3)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0xFE30 && c <= 0xFE6F)
        || (c >= 0xFF00 && c <= 0xFF60)
        || (c >= 0xFFE0 && c <= 0xFFE6)
        || (c >= 0x1F300 && c <= 0x1F64F)
        || (c >= 0x1F680 && c <= 0x1F6FF)
        || (c >= 0x1F900 && c <= 0x1F9FF)
        || (c >= 0x20000 && c <= 0x3FFFD);
  }

  private static String firstColumns(String text, int columns) {
    int at = 0;
    int width = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      width += width(character);
      if (width > columns) {
        break;
      }
      at += Character.charCount(character);
    }
    return text.substring(0, at);
  }

  private static String lastColumns(String text, int columns) {
    int at = text.length();
    int width = 0;
    while (at > 0) {
      int character = text.codePointBefore(at);
      width += width(character);
      if (width > columns) {
        break;
      }
      at -= Character.charCount(character);
    }
    return text.substring(at);
  }
}
