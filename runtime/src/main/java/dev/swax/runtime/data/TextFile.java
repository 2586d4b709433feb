package dev.swax.runtime.data;

import dev.swax.runtime.UserError;
import dev.swax.runtime.token.Tokenizer;
import java.nio.charset.StandardCharsets;

/** One file's text. Its name is relative to its pattern, so it is the same on every machine. */
public final class TextFile {
  private final String name;
  private final byte[] text;

  /** Takes the array, UTF-8, as it is. */
  TextFile(String name, byte[] text) {
    this.name = name;
    this.text = text;
  }

  String name() {
    return name;
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
      return new Document(name, tokenizer.document(text));
    } catch (UserError e) {
      throw new UserError("`%s`: %s".formatted(name, e.getMessage()), e.help());
    }
  }
}
