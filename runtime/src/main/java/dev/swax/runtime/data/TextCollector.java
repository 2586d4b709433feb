package dev.swax.runtime.data;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.format.FormatOptions;
import dev.swax.runtime.data.format.Skipped;
import dev.swax.runtime.data.format.SourceFile;
import dev.swax.runtime.data.format.TextFormats;
import dev.swax.runtime.data.format.TextRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Gathers the documents of files in memory, up to a limit of bytes. */
final class TextCollector {
  /** About what a document takes in memory beside its text. */
  private static final int BYTES_OF_A_RECORD = 150;

  private final FormatOptions options;
  private final long limit;
  private final List<TextFile> texts = new ArrayList<>();
  private final List<byte[]> parts = new ArrayList<>();
  private Skipped skipped = Skipped.NONE;
  private long bytes;

  TextCollector(FormatOptions options, long limit) {
    this.options = options;
    this.limit = limit;
  }

  /** What was gathered and is not empty, in its order. */
  List<TextFile> texts() {
    return texts;
  }

  /** What was left out because it is malformed. */
  Skipped skipped() {
    return skipped;
  }

  /** All documents of a file. */
  void add(SourceFile file) {
    if (TextFormats.isPlain(file.name(), options)) {
      requireRoom(file, file.bytes()); // before it is read
    }
    try {
      skipped = skipped.and(TextFormats.read(file, options, record -> add(file, record)));
    } catch (OutOfMemoryError e) {
      throw tooLarge(file, limit);
    }
  }

  private void add(SourceFile file, TextRecord record) {
    requireRoom(file, record.text().length);
    bytes += record.text().length + (record.number() == 0 ? 0 : BYTES_OF_A_RECORD);
    parts.add(record.text());
    if (record.end()) {
      byte[] text = joined(file);
      int[] ends = parts.stream().mapToInt(part -> part.length).toArray();
      Arrays.parallelPrefix(ends, Integer::sum);
      parts.clear();
      if (text.length > 0) {
        texts.add(new TextFile(record.name(file), text, record.number() > 0, ends));
      }
    }
  }

  private byte[] joined(SourceFile file) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    long length = parts.stream().mapToLong(part -> part.length).sum();
    if (length > Integer.MAX_VALUE - 8) {
      throw tooLarge(file, bytes);
    }
    byte[] text = new byte[Math.toIntExact(length)];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, text, at, part.length);
      at += part.length;
    }
    return text;
  }

  /** Refuses what would not fit. */
  private void requireRoom(SourceFile file, long size) {
    if (bytes + size > limit || size > Integer.MAX_VALUE - 8) {
      throw tooLarge(file, bytes + size);
    }
  }

  /** The text does not fit into memory. */
  static final class TooLargeException extends UserError {
    private static final long serialVersionUID = 1;

    private TooLargeException(String message, String help) {
      super(message, help);
    }
  }

  private UserError tooLarge(SourceFile file, long size) {
    return new TooLargeException(
        String.format(
            Locale.ROOT,
            "the text is too large: %,d bytes up to `%s`, but %,d fit into this Java heap",
            size,
            file.name(),
            limit),
        "name fewer or smaller files, or raise the heap with `JAVA_TOOL_OPTIONS=-Xmx8g`");
  }
}
