package dev.swax.cli.run;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What the user wants continued, byte for byte. */
final class Prompt {
  private static final int MOST_BYTES = 1 << 24;
  private static final char REPLACEMENT = '\uFFFD';

  private Prompt() {}

  /** As typed; {@code -} is what {@code in} holds. */
  static String text(String typed, InputStream in) {
    if (typed.equals("-")) {
      return read(in);
    }
    if (typed.indexOf(REPLACEMENT) >= 0) { // Java's word for bytes that it could not decode
      throw new UserError(
          "the prompt contains U+FFFD, which replaces bytes that are not UTF-8",
          "type it as UTF-8; where U+FFFD is meant, `--prompt -` reads standard input");
    }
    return typed;
  }

  private static String read(InputStream in) {
    byte[] bytes;
    try {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      throw new UserError("cannot read standard input: " + Reasons.of(e), null);
    }
    if (bytes.length > MOST_BYTES) {
      throw new UserError(
          String.format(Locale.ROOT, "the prompt has more than %,d bytes", MOST_BYTES),
          "give only its end: what is far behind a window is not seen anyway");
    }
    int bad = Utf8.firstMalformed(bytes);
    if (bad >= 0) {
      throw new UserError(
          "the prompt is not UTF-8: byte %d is 0x%02x".formatted(bad, bytes[bad]),
          "convert it, for example with `iconv -f latin1 -t utf-8`");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
