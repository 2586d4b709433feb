package dev.swax.runtime.data;

import java.nio.charset.StandardCharsets;

/** Every byte of the UTF-8 text is a token. */
public final class ByteTokenizer implements Tokenizer {
  @Override
  public int vocabulary() {
    return 256;
  }

  @Override
  public int[] encode(String text) {
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
      bytes[i] = (byte) tokens[i];
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
