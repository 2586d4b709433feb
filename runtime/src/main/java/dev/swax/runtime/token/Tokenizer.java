package dev.swax.runtime.token;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * Between text and tokens. It does not change: a text has the same tokens each time, in any number
 * of threads. Two are equal where they are described alike.
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
   * The tokens of a whole document of UTF-8 text: those of the text, between what the tokenizer
   * puts before and after one.
   */
  default Tokens document(byte[] text) {
    return encode(text);
  }

  /** The tokens of a text that is to be continued: what stands before a document, and the text. */
  default int[] prompt(String text) {
    return encode(text);
  }

  /** The token that ends a document; whatever is generated ends with it. */
  default OptionalInt end() {
    return OptionalInt.empty();
  }

  /** Tokens to text, from the first on. Tokens that are no text, such as borders, have none. */
  TextDecoder decoder();

  /** The UTF-8 text of all of the tokens. */
  default byte[] decode(Tokens tokens) {
    return TextDecoder.utf8(decoder(), tokens);
  }

  /** The text of tokens; what is no character becomes the replacement character. */
  default String decode(int[] tokens) {
    return TextDecoder.decode(decoder(), tokens);
  }

  /** How many bytes of text the tokens stand for; borders have none. */
  default long size(Tokens tokens) {
    TextDecoder decoder = decoder();
    long bytes = 0;
    for (int i = 0; i < tokens.length(); i++) {
      bytes += TextDecoder.bytes(decoder.next(tokens.at(i)));
    }
    return bytes + decoder.held();
  }

  /** The files that it is made of, the first one first; a run keeps a copy of them. */
  default List<Path> files() {
    return List.of();
  }
}
