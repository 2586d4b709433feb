package dev.swax.runtime.data;

import dev.swax.runtime.UserError;
import dev.swax.runtime.Utf8;

/** Refuses what is not text: bytes of zero, and bytes that are not UTF-8. */
final class TextReader {
  private TextReader() {}

  /** The file, or an error that names the file and the first bad byte. */
  static TextFile read(String name, byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        throw new UserError(
            "`%s` is not text: byte %d is zero".formatted(name, i),
            "leave it out with a narrower pattern, such as `**/*.txt`");
      }
    }
    int bad = Utf8.firstMalformed(bytes);
    if (bad >= 0) {
      throw new UserError(
          "`%s` is not UTF-8: byte %d is 0x%02x".formatted(name, bad, bytes[bad]),
          "convert it, for example with `iconv -f latin1 -t utf-8`, or leave it out");
    }
    return new TextFile(name, bytes);
  }
}
