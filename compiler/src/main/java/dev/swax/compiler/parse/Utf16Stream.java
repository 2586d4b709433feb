package dev.swax.compiler.parse;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;

/** The characters of a file, counted as spans count them: in UTF-16 units. */
final class Utf16Stream implements CharStream {
  private final String text;
  private int index;

  Utf16Stream(String text) {
    this.text = text;
  }

  @Override
  public String getText(Interval interval) {
    return text.substring(interval.a, Math.min(interval.b + 1, text.length()));
  }

  @Override
  public void consume() {
    if (index >= text.length()) {
      throw new IllegalStateException("cannot consume past the end");
    }
    index++;
  }

  @Override
  public int LA(int offset) {
    int at = offset > 0 ? index + offset - 1 : index + offset;
    return at < 0 || at >= text.length() ? IntStream.EOF : text.charAt(at);
  }

  @Override
  public int mark() {
    return 0; // every position can be sought
  }

  @Override
  public void release(int marker) {}

  @Override
  public int index() {
    return index;
  }

  @Override
  public void seek(int index) {
    this.index = Math.min(index, text.length());
  }

  @Override
  public int size() {
    return text.length();
  }

  @Override
  public String getSourceName() {
    return "";
  }
}
