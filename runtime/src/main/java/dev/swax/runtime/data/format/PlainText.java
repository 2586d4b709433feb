package dev.swax.runtime.data.format;

import dev.swax.runtime.Utf8;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A file that is one document. A large one is given in parts that end with a line. */
final class PlainText implements TextFormat {
  /** Bytes of a part. */
  static final int PART = 1 << 24;

  private final int part;

  PlainText() {
    this(PART);
  }

  PlainText(int part) {
    this.part = part;
  }

  @Override
  public String name() {
    return "text";
  }

  @Override
  public List<String> endings() {
    return List.of();
  }

  @Override
  public Skipped read(SourceFile file, FormatOptions options, Consumer<TextRecord> sink)
      throws IOException {
    var faults = new Faults(options);
    if (options.malformed() == Malformed.SKIP && !read(file, faults, _ -> {})) {
      return faults.skipped(); // known before a part of it is given
    }
    read(file, faults, sink);
    return faults.skipped();
  }

  private boolean read(SourceFile file, Faults faults, Consumer<TextRecord> sink)
      throws IOException {
    try (SourceStream in = file.open()) {
      byte[] rest = new byte[0];
      long at = 0;
      while (true) {
        byte[] bytes = fill(rest, in);
        boolean end = bytes.length < part;
        int length = end ? bytes.length : border(bytes);
        byte[] text = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        if (!isText(file, text, at, faults)) {
          return false;
        }
        sink.accept(new TextRecord(0, text, in.taken(), end));
        if (end) {
          return true;
        }
        rest = Arrays.copyOfRange(bytes, length, bytes.length);
        at += length;
      }
    }
  }

  /** What is left of the last part, and more. */
  private byte[] fill(byte[] rest, SourceStream in) throws IOException {
    byte[] more = in.readNBytes(part - rest.length);
    if (rest.length == 0) {
      return more;
    }
    byte[] bytes = Arrays.copyOf(rest, rest.length + more.length);
    System.arraycopy(more, 0, bytes, rest.length, more.length);
    return bytes;
  }

  /** Behind the last line in the second half of a part; behind a character where none ends. */
  private static int border(byte[] bytes) {
    for (int at = bytes.length; at > bytes.length / 2; at--) {
      if (bytes[at - 1] == '\n') {
        return at;
      }
    }
    int at = bytes.length - 1;
    int least = Math.max(1, bytes.length - 4);
    while (at > least && (bytes[at] & 0xC0) == 0x80) {
      at--;
    }
    return at;
  }

  private static boolean isText(SourceFile file, byte[] bytes, long before, Faults faults) {
    int zero = Utf8.firstZero(bytes);
    if (zero >= 0) {
      faults.report(
          "not text",
          "`%s`".formatted(file.name()),
          "`%s` is not text: byte %d is zero".formatted(file.name(), before + zero),
          "leave it out with a narrower pattern, such as `**/*.txt`");
      return false;
    }
    int bad = Utf8.firstMalformed(bytes);
    if (bad >= 0) {
      faults.report(
          "not UTF-8",
          "`%s`".formatted(file.name()),
          "`%s` is not UTF-8: byte %d is 0x%02x".formatted(file.name(), before + bad, bytes[bad]),
          "convert it, for example with `iconv -f latin1 -t utf-8`, or leave it out");
    }
    return bad < 0;
  }
}
