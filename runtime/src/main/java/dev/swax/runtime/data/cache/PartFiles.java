package dev.swax.runtime.data.cache;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** A complete part of a cache. */
public final class PartFiles {
  /** Bytes of a document's line: where its tokens end, its number in its file, file, text bytes. */
  static final int LINE = 24;

  /** Documents whose lines are read at once. */
  private static final int BLOCK = 1 << 12;

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final CheckedFile tokens;
  private final CheckedFile documents;
  private final int width;
  private final PartState state;

  private PartFiles(CheckedFile tokens, CheckedFile documents, int width, PartState state) {
    this.tokens = tokens;
    this.documents = documents;
    this.width = width;
    this.state = state;
  }

  /** A part that was written up to this state. */
  public static PartFiles open(Path folder, String name, int width, PartState state)
      throws IOException {
    return new PartFiles(
        CheckedFile.open(tokens(folder, name), state.tokens() * width),
        CheckedFile.open(documents(folder, name), state.documents() * LINE),
        width,
        state);
  }

  static Path tokens(Path folder, String name) {
    return folder.resolve(name + ".tokens");
  }

  static Path documents(Path folder, String name) {
    return folder.resolve(name + ".documents");
  }

  public PartState state() {
    return state;
  }

  public int width() {
    return width;
  }

  /** How many tokens there are up to the end of a document; 0 for -1. */
  public long end(long document) {
    return document < 0 ? 0 : line(document).get(LONG, 0);
  }

  /** How many tokens each document has, read in their order. */
  public int[] lengths() {
    int[] lengths = new int[Math.toIntExact(state.documents())];
    long before = 0;
    for (int from = 0; from < lengths.length; from += BLOCK) {
      int count = Math.min(BLOCK, lengths.length - from);
      MemorySegment lines = documents.slice((long) from * LINE, (long) count * LINE);
      for (int i = 0; i < count; i++) {
        long end = lines.get(LONG, (long) i * LINE);
        lengths[from + i] = (int) (end - before);
        before = end;
      }
    }
    return lengths;
  }

  /** Its line or row in its file; 0 where it is the file. */
  public long number(long document) {
    return line(document).get(LONG, 8);
  }

  /** The file that it is from. */
  public int source(long document) {
    return line(document).get(INT, 16);
  }

  /** Bytes of its text. */
  public int textBytes(long document) {
    return line(document).get(INT, 20);
  }

  private MemorySegment line(long document) {
    return documents.slice(document * LINE, LINE);
  }

  /** Which document holds a token. */
  public long documentOf(long token) {
    long low = 0;
    long high = state.documents() - 1;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (end(middle) > token) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Tokens as {@link dev.swax.runtime.token.Tokens} maps them. */
  public MemorySegment tokens(long from, long count) {
    return tokens.slice(from * width, count * width);
  }
}
