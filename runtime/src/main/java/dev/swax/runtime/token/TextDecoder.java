package dev.swax.runtime.token;

import java.nio.charset.StandardCharsets;

/**
 * Tokens to text, one after the other. It gives what cannot change any more, so no character is
 * ever cut: what the tokens so far mean together is all that was given, and then {@link #end}.
 */
public interface TextDecoder {
  /** The next token; the text that has become certain with it, often none. */
  String next(int token);

  /** How many bytes of text are held back: a part of a character. */
  int held();

  /** What is held back, where no token follows. A character that is cut off is replaced. */
  String end();

  /** Bytes of UTF-8 that a token adds and those before it had held back. */
  static int bytes(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Half of a surrogate pair is two of four bytes.
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes;
  }

  /** The text of tokens that are bytes wherever they stand. */
  static TextDecoder of(TokenBytes tokens) {
    var text = new Utf8Stream();
    return new TextDecoder() {
      @Override
      public String next(int token) {
        return text.next(tokens.bytes(token));
      }

      @Override
      public int held() {
        return text.held();
      }

      @Override
      public String end() {
        return text.end();
      }
    };
  }

  /** Bytes of tokens. */
  interface TokenBytes {
    /** The bytes of UTF-8 that a token stands for. Nobody changes the array. */
    byte[] bytes(int token);
  }

  /** The text of all of the tokens. */
  static String decode(TextDecoder decoder, int... tokens) {
    var text = new StringBuilder();
    for (int token : tokens) {
      text.append(decoder.next(token));
    }
    return text.append(decoder.end()).toString();
  }

  /** The same as UTF-8. */
  static byte[] utf8(TextDecoder decoder, Tokens tokens) {
    var text = new StringBuilder();
    for (int i = 0; i < tokens.length(); i++) {
      text.append(decoder.next(tokens.at(i)));
    }
    return text.append(decoder.end()).toString().getBytes(StandardCharsets.UTF_8);
  }
}
