package dev.swax.runtime.data.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The lines of a stream as bytes, one at a time. A line that is too long is passed over. */
final class LineReader {
  private final InputStream in;
  private final int longest;
  private byte[] bytes = new byte[1 << 16];
  private int from;
  private int to;
  private int next;
  private int filled;
  private long number;
  private boolean ended;
  private boolean tooLong;

  /** {@code longest}: bytes of a line. */
  LineReader(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /** Goes to the next line; false where there is none. */
  boolean advance() throws IOException {
    from = next;
    to = from;
    tooLong = false;
    do {
      while (to < filled && bytes[to] != '\n') {
        to++;
      }
      if (to - from > longest) {
        tooLong = true;
        from = to; // nobody asks for it
      }
    } while (to == filled && fill());
    ended = to < filled;
    next = ended ? to + 1 : to;
    boolean found = ended || tooLong || to > from;
    number += found ? 1 : 0;
    return found;
  }

  /** Reads more behind the line; false at the end. */
  private boolean fill() throws IOException {
    if (from > 0) {
      System.arraycopy(bytes, from, bytes, 0, to - from);
      to -= from;
      from = 0;
    } else if (to == bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(2L * to, longest + (1L << 16)));
    }
    int read = in.readNBytes(bytes, to, bytes.length - to);
    filled = to + read;
    return read > 0;
  }

  /** What the line stands in, from {@link #from} to {@link #to}, until the next one. */
  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** Of the line, from 1. */
  long number() {
    return number;
  }

  /** Whether a line feed ends it, and not the end of the file. */
  boolean ended() {
    return ended;
  }

  /** Whether it has more bytes than are allowed; then it is not there. */
  boolean tooLong() {
    return tooLong;
  }
}
