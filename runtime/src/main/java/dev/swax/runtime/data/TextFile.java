package dev.swax.runtime.data;

import dev.swax.runtime.UserError;
import dev.swax.runtime.token.ByteTokenizer;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.token.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The text of a file, or of a record in it. Its name is relative to its pattern, so it is the same
 * on every machine.
 */
public final class TextFile {
  private final String name;
  private final byte[] text;
  private final boolean record;
  private final int[] ends;

  /** Takes the array, UTF-8, as it is. */
  TextFile(String name, byte[] text) {
    this(name, text, false, text.length);
  }

  /**
   * The same of a text that was read in parts, which are made tokens one after the other.
   *
   * @param record whether its file may have others
   */
  TextFile(String name, byte[] text, boolean record, int... ends) {
    this.name = name;
    this.text = text;
    this.record = record;
    this.ends = ends;
  }

  /** A part of it. */
  TextFile part(int from, int to) {
    int[] within =
        IntStream.concat(
                Arrays.stream(ends).filter(end -> end > from && end < to), IntStream.of(to))
            .map(end -> end - from)
            .toArray();
    return new TextFile(name, Arrays.copyOfRange(text, from, to), record, within);
  }

  String name() {
    return name;
  }

  boolean isRecord() {
    return record;
  }

  int length() {
    return text.length;
  }

  byte[] bytes() {
    return text;
  }

  /** All of it. */
  public String text() {
    return new String(text, StandardCharsets.UTF_8);
  }

  /** Its tokens; a text that the tokenizer does not know is named. */
  Document document(Tokenizer tokenizer) {
    try {
      return new Document(name, tokens(tokenizer));
    } catch (UserError e) {
      throw new UserError("`%s`: %s".formatted(name, e.getMessage()), e.help());
    }
  }

  private Tokens tokens(Tokenizer tokenizer) {
    if (ends.length == 1 || tokenizer.equals(ByteTokenizer.BYTES)) {
      return tokenizer.document(text);
    }
    var tokens = IntStream.builder();
    for (int i = 0; i < ends.length; i++) {
      int from = i == 0 ? 0 : ends[i - 1];
      byte[] bytes = Arrays.copyOfRange(text, from, ends[i]);
      Tokens part = TextPart.tokens(tokenizer, bytes, i == 0, i == ends.length - 1);
      IntStream.range(0, part.length()).forEach(at -> tokens.add(part.at(at)));
    }
    return Tokens.of(tokens.build().toArray(), tokenizer.vocabulary());
  }
}
