package dev.swax.runtime.train;

/** The line of a terminal that is written again and again. */
public final class TerminalLine {
  /** Takes the line off. */
  public static final String CLEARED = "\r\u001b[K";

  private TerminalLine() {}

  /**
   * Writes it in place of what is there. What is wider than the terminal is cut, not continued on
   * the next line, where nothing could take it back: wrapping is off meanwhile, so that the
   * terminal's width need not be known and may change.
   */
  public static String of(String text) {
    return "\r\u001b[?7l" + text + "\u001b[K\u001b[?7h";
  }
}
