package dev.swax.runtime.data;

import dev.swax.runtime.token.Tokens;

/**
 * The tokens of one text: of a file, or of a record in it.
 *
 * @param name relative to its pattern, so it is the same on every machine
 */
public record Document(String name, Tokens tokens) {
  public int length() {
    return tokens.length();
  }

  /** The token at {@code index}. */
  public int token(int index) {
    return tokens.at(index);
  }

  /** Its first tokens. */
  Document first(int length) {
    return new Document(name, tokens.first(length));
  }
}
