package dev.swax.runtime.data;

import dev.swax.runtime.UserError;
import dev.swax.runtime.Utf8;
import java.nio.charset.StandardCharsets;

/** Every byte of the UTF-8 text is a token. */
public final class ByteTokenizer implements Tokenizer {
  @Override
  public int vocabulary() {
    return 256;
  }

  @Override
  public int[] encode(String text) {
    int half = Utf8.firstHalf(text);
    if (half >= 0) {
      throw new UserError(
          "the text holds half a character, U+%04X, which is no UTF-8"
              .formatted((int) text.charAt(half)),
          null);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int[] tokens = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      tokens[i] = bytes[i] & 0xFF;
    }
    return tokens;
  }

  @Override
  public String decode(int[] tokens) {
    byte[] bytes = new byte[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] < 0 || tokens[i] >= vocabulary()) {
        throw new IllegalArgumentException("token %d is no byte".formatted(tokens[i]));
      }
      bytes[i] = (byte) tokens[i];
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
