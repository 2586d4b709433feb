package dev.swax.runtime.data;

import dev.swax.runtime.UserError;
import dev.swax.runtime.token.TextDecoder;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.token.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Small letters, digits, blanks and ends of lines, each a token; 0 begins a document and 1 ends it.
 */
record LetterTokenizer(int vocabulary) implements Tokenizer {
  static final String LETTERS = "\n abcdefghijklmnopqrstuvwxyz0123456789";

  @Override
  public String describe() {
    return "letters of " + vocabulary;
  }

  @Override
  public String unit() {
    return "letters";
  }

  @Override
  public int[] encode(String text) {
    int[] tokens = text.chars().map(c -> vocabulary - 1 - LETTERS.indexOf(c)).toArray();
    if (Arrays.stream(tokens).anyMatch(token -> token == vocabulary)) {
      throw new UserError("it has another letter", null);
    }
    return tokens;
  }

  @Override
  public Tokens document(byte[] text) {
    int[] inner = encode(new String(text, StandardCharsets.UTF_8));
    int[] tokens = new int[inner.length + 2];
    System.arraycopy(inner, 0, tokens, 1, inner.length);
    tokens[tokens.length - 1] = 1;
    return Tokens.of(tokens, vocabulary);
  }

  @Override
  public int[] prompt(String text) {
    int[] inner = encode(text);
    int[] tokens = new int[inner.length + 1];
    System.arraycopy(inner, 0, tokens, 1, inner.length);
    return tokens;
  }

  @Override
  public TextDecoder decoder() {
    return TextDecoder.of(token ->
        token < 2
            ? new byte[0]
            : LETTERS
                .substring(vocabulary - 1 - token, vocabulary - token)
                .getBytes(StandardCharsets.UTF_8));
  }
}
