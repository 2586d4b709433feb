package dev.swax.cli.run;

import dev.swax.runtime.token.TextDecoder;
import dev.swax.runtime.token.Tokenizer;
import java.io.PrintStream;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * Prints tokens as text as they come; one may be a part of a character. What is no character
 * becomes the replacement character; so do control characters on a terminal, which would obey them.
 */
final class TextStream implements IntPredicate {
  private static final int REPLACEMENT = 0xFFFD;

  private final TextDecoder decoder;
  private final OptionalInt end;
  private final PrintStream out;
  private final boolean terminal;

  TextStream(Tokenizer tokenizer, PrintStream out, boolean terminal) {
    this.decoder = tokenizer.decoder();
    this.end = tokenizer.end();
    this.out = out;
    this.terminal = terminal;
  }

  /** What stands before all else. */
  void begin(int[] prompt) {
    for (int token : prompt) {
      print(decoder.next(token));
    }
  }

  /** The next token; whether the text goes on after it. */
  @Override
  public boolean test(int token) {
    print(decoder.next(token));
    return end.isEmpty() || end.getAsInt() != token;
  }

  /** Ends with a line break; a character that is cut off is shown as none. */
  void finish() {
    print(decoder.end());
    out.println();
    out.flush();
  }

  private void print(String text) {
    text.chars().map(this::shown).forEach(c -> out.print((char) c));
    if (terminal) {
      out.flush();
    }
  }

  private int shown(int c) {
    boolean harmless = c == '\n' || c == '\t' || !Character.isISOControl(c);
    return !terminal || harmless ? c : REPLACEMENT;
  }
}
