package dev.swax.runtime.token;

import dev.swax.runtime.UserError;
import dev.swax.runtime.Utf8;
import java.nio.charset.StandardCharsets;

/** Every byte of the UTF-8 text is a token. */
public final class ByteTokenizer implements Tokenizer {
  public static final ByteTokenizer BYTES = new ByteTokenizer();

  public static final TokenizerDeclaration DECLARATION =
      TokenizerDeclaration.of("bytes", _ -> BYTES);

  private final byte[][] bytes = new byte[256][];

  private ByteTokenizer() {
    for (int token = 0; token < bytes.length; token++) {
      bytes[token] = new byte[] {(byte) token};
    }
  }

  @Override
  public String describe() {
    return "bytes";
  }

  @Override
  public String unit() {
    return "bytes";
  }

  @Override
  public int vocabulary() {
    return bytes.length;
  }

  @Override
  public int[] encode(String text) {
    int half = Utf8.firstHalf(text);
    if (half >= 0) {
      throw new UserError(
          "the text contains half of a surrogate pair, U+%04X, which is not UTF-8"
              .formatted((int) text.charAt(half)),
          null);
    }
    Tokens tokens = encode(text.getBytes(StandardCharsets.UTF_8));
    int[] copy = new int[tokens.length()];
    tokens.copy(0, copy.length, copy, 0);
    return copy;
  }

  /** A view: the text itself. */
  @Override
  public Tokens encode(byte[] text) {
    return Tokens.ofBytes(text);
  }

  @Override
  public TextDecoder decoder() {
    return TextDecoder.of(this::bytes);
  }

  /** A token is a byte. */
  @Override
  public long size(Tokens tokens) {
    return tokens.length();
  }

  /** A copy of the bytes, whether they are text or not. */
  @Override
  public byte[] decode(Tokens tokens) {
    byte[] copy = new byte[tokens.length()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = (byte) tokens.at(i);
    }
    return copy;
  }

  private byte[] bytes(int token) {
    if (token < 0 || token >= bytes.length) {
      throw new IllegalArgumentException("token %d is no byte".formatted(token));
    }
    return bytes[token];
  }
}
