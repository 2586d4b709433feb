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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Gathers the documents of files in memory, up to a limit of bytes. */
final class TextCollector {
  /** About what a document takes in memory beside its text. */
  private static final int BYTES_OF_A_RECORD = 150;

  /** Bytes of text from which on a second thread reads half of the files. */
  private static final int MUCH = 1 << 20;

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

  /** The documents of files, in their order. */
  static TextCollector collect(List<SourceFile> files, FormatOptions options, long limit) {
    long bytes = files.stream().mapToLong(SourceFile::bytes).sum();
    boolean plain = files.stream().allMatch(file -> TextFormats.isPlain(file.name(), options));
    return plain && bytes >= MUCH && bytes <= limit
        ? inHalves(files, bytes, options, limit)
        : inOrder(files, options, limit);
  }

  private static TextCollector inOrder(List<SourceFile> files, FormatOptions options, long limit) {
    var collector = new TextCollector(options, limit);
    files.forEach(collector::add);
    return collector;
  }

  /** By two threads. What is wrong is said by one that reads them in order. */
  private static TextCollector inHalves(
      List<SourceFile> files, long bytes, FormatOptions options, long limit) {
    int middle = 0;
    for (long before = 0; before < bytes / 2; middle++) {
      before += files.get(middle).bytes();
    }
    List<SourceFile> later = files.subList(middle, files.size());
    var second = CompletableFuture.supplyAsync(() -> inOrder(later, options, limit));
    try {
      var first = inOrder(files.subList(0, middle), options, limit);
      first.append(second.join());
      return first;
    } catch (UserError | CompletionException e) {
      second.handle((_, _) -> "").join(); // it reads from archives that are closed afterwards
      return inOrder(files, options, limit);
    }
  }

  private void append(TextCollector next) {
    texts.addAll(next.texts);
    skipped = skipped.and(next.skipped);
    bytes += next.bytes;
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
