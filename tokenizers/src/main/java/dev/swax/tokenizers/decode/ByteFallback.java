package dev.swax.tokenizers.decode;

import dev.swax.runtime.Utf8;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * {@code <0xE2>} is a byte. Bytes in a row are text once all of them have come; if they are none,
 * each becomes a replacement character.
 */
final class ByteFallback extends Stage {
  private static final int LENGTH = "<0x00>".length();
  private static final int HEX = 16;

  private final ByteArrayOutputStream row = new ByteArrayOutputStream();

  ByteFallback(Stage next) {
    super(next);
  }

  @Override
  void token(String text) {
    int value = value(text);
    if (value >= 0) {
      row.write(value);
    } else {
      flush();
      hand(text);
    }
  }

  @Override
  void end() {
    flush();
    super.end();
  }

  @Override
  int held() {
    return row.size() + super.held();
  }

  private void flush() {
    byte[] bytes = row.toByteArray();
    row.reset();
    if (Utf8.firstMalformed(bytes) < 0) {
      hand(new String(bytes, StandardCharsets.UTF_8));
      return;
    }
    for (byte _ : bytes) {
      hand("\uFFFD");
    }
  }

  private static int value(String text) {
    if (text.length() != LENGTH || !text.startsWith("<0x") || !text.endsWith(">")) {
      return -1;
    }
    int high = Character.digit(text.charAt(3), HEX);
    int low = Character.digit(text.charAt(4), HEX);
    return high < 0 || low < 0 ? -1 : high * HEX + low;
  }
}
