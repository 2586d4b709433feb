package dev.swax.cli.run;

import dev.swax.runtime.token.Tokenizer;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;

/**
 * Prints tokens as text as they come; one may be a part of a character. What is no character
 * becomes the replacement character; so do control characters on a terminal, which would obey them.
 */
final class TextStream implements IntConsumer {
  private static final int REPLACEMENT = 0xFFFD;

  private final Tokenizer tokenizer;
  private final PrintStream out;
  private final boolean terminal;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final ByteBuffer bytes = ByteBuffer.allocate(16);
  private final CharBuffer text = CharBuffer.allocate(32);

  TextStream(Tokenizer tokenizer, PrintStream out, boolean terminal) {
    this.tokenizer = tokenizer;
    this.out = out;
    this.terminal = terminal;
  }

  /** The next token. */
  @Override
  public void accept(int token) {
    for (byte next : tokenizer.bytes(token)) {
      bytes.put(next);
      decode(false);
    }
  }

  /** Ends with a line break; a character that is cut off is shown as none. */
  void finish() {
    decode(true);
    decoder.flush(text);
    print();
    out.println();
  }

  private void decode(boolean end) {
    bytes.flip();
    decoder.decode(bytes, text, end);
    bytes.compact();
    print();
  }

  private void print() {
    text.flip();
    text.chars().map(this::shown).forEach(c -> out.print((char) c));
    text.clear();
    if (terminal) {
      out.flush();
    }
  }

  private int shown(int c) {
    boolean harmless = c == '\n' || c == '\t' || !Character.isISOControl(c);
    return !terminal || harmless ? c : REPLACEMENT;
  }
}
