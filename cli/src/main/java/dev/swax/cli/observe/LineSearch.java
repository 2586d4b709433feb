package dev.swax.cli.observe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.swax.runtime.train.MetricLines;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.ToDoubleFunction;

/**
 * Finds lines of a {@code metrics.jsonl} by a number that rises from line to line, such as the
 * step. It reads a few pieces of the file, whatever its size.
 */
public final class LineSearch {
  /** What is read at a time. */
  public static final int PIECE = 1 << 16;

  private final FileChannel file;
  private final ToDoubleFunction<JsonNode> number;

  /** {@code number}: of a line; NaN where it has none. */
  public LineSearch(FileChannel file, ToDoubleFunction<JsonNode> number) {
    this.file = file;
    this.number = number;
  }

  /**
   * Where a line begins that is below {@code wanted}, at most {@value #PIECE} bytes before the
   * first one that is not, or further where lines before that one say nothing; 0 where none is
   * below.
   */
  public long before(double wanted) throws IOException {
    long low = 0;
    long high = file.size();
    while (high - low > PIECE) {
      long middle = low + (high - low) / 2;
      long below = below(wanted, middle, Math.min(high, middle + PIECE));
      if (below < 0) {
        high = middle;
      } else {
        low = below;
      }
    }
    return low;
  }

  /** Where the first line with a number begins in a piece, if that is below; else -1. */
  private long below(double wanted, long from, long to) throws IOException {
    byte[] bytes = read(file, from, to);
    int start = next(bytes, 0);
    for (int end = next(bytes, start); end > start; end = next(bytes, start)) {
      String text = new String(bytes, start, end - 1 - start, StandardCharsets.UTF_8);
      double found = number.applyAsDouble(MetricLines.values(text));
      if (!Double.isNaN(found)) {
        return found < wanted ? from + start : -1;
      }
      start = end;
    }
    return -1;
  }

  /** Behind the next end of a line; {@code from} where there is none. */
  private static int next(byte[] bytes, int from) {
    for (int at = from; at < bytes.length; at++) {
      if (bytes[at] == '\n') {
        return at + 1;
      }
    }
    return from;
  }

  /** The bytes of a part of a file, as far as they are there. */
  public static byte[] read(FileChannel file, long from, long to) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, Math.min(to, file.size()) - from));
    while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) > 0) {
      // until all is there
    }
    return bytes.array();
  }
}
