package dev.swax.runtime.token;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Between text and tokens. It does not change: a text has the same tokens each time. Two are equal
 * where they are described alike.
 */
public interface Tokenizer {
  /**
   * The tokenizer in the language, such as {@code bytes}. Equal texts mean equal tokens of every
   * text; what is read from a file enters by its hash.
   */
  String describe();

  /** What its tokens are, in the plural: {@code bytes}, {@code characters}. */
  String unit();

  /** How many different tokens there are: they are 0 and up. */
  int vocabulary();

  /**
   * The tokens of a text.
   *
   * @throws dev.swax.runtime.UserError where the text holds what no token stands for
   */
  int[] encode(String text);

  /** The tokens of UTF-8 text. They may be a view of the array, which does not change then. */
  default Tokens encode(byte[] text) {
    return Tokens.of(encode(new String(text, StandardCharsets.UTF_8)), vocabulary());
  }

  /**
   * The UTF-8 bytes that a token stands for, wherever it stands. They may be a part of a character.
   * There are none where a token is no text, such as a border. Nobody changes the array.
   */
  byte[] bytes(int token);

  /** The bytes of all of the tokens. */
  default byte[] decode(Tokens tokens) {
    var bytes = new ByteArrayOutputStream(tokens.length());
    for (int i = 0; i < tokens.length(); i++) {
      bytes.writeBytes(bytes(tokens.at(i)));
    }
    return bytes.toByteArray();
  }

  /** The text of tokens; what is no character becomes the replacement character. */
  default String decode(int[] tokens) {
    var bytes = new ByteArrayOutputStream(tokens.length);
    for (int token : tokens) {
      bytes.writeBytes(bytes(token));
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
