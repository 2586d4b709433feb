package dev.swax.tokenizers.decode;

import dev.swax.runtime.token.Utf8Stream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Each character stands for a byte; a token with any other character is text as it is. */
final class ByteLevel extends Stage {
  private static final int BYTES = 256;

  /** The byte of a character, or -1: bytes that cannot be seen have characters from 256 on. */
  private static final short[] BYTE = bytes();

  private final Utf8Stream stream = new Utf8Stream();

  ByteLevel(Stage next) {
    super(next);
  }

  @Override
  void token(String text) {
    String whole = stream.next(bytes(text));
    if (!whole.isEmpty()) {
      hand(whole);
    }
  }

  @Override
  void end() {
    hand(stream.end());
    super.end();
  }

  @Override
  int held() {
    return stream.held() + super.held();
  }

  private static byte[] bytes(String text) {
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      char c = text.charAt(i);
      if (c >= BYTE.length || BYTE[c] < 0) {
        return text.getBytes(StandardCharsets.UTF_8);
      }
      bytes[i] = (byte) BYTE[c];
    }
    return bytes;
  }

  private static short[] bytes() {
    short[] bytes = new short[2 * BYTES];
    Arrays.fill(bytes, (short) -1);
    int hidden = 0;
    for (int value = 0; value < BYTES; value++) {
      boolean seen =
          (value >= '!' && value <= '~') || (value >= '¡' && value <= '¬') || value >= '®';
      bytes[seen ? value : BYTES + hidden++] = (short) value;
    }
    return bytes;
  }
}
