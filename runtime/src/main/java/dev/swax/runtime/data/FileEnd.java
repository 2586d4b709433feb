package dev.swax.runtime.data;

import dev.swax.runtime.data.format.FormatOptions;
import dev.swax.runtime.data.format.SourceFile;
import dev.swax.runtime.data.format.TextFormats;
import dev.swax.runtime.data.format.TextRecord;

/**
 * Where validation text begins in the only file, found while the file is read: the place that
 * {@link HoldOut} finds in memory.
 *
 * @param lines whether a line begins there
 */
record FileEnd(long border, long length, boolean lines) {
  /** That of a file that is one document. */
  static FileEnd find(SourceFile file, FormatOptions options, double share) {
    long[] length = {0};
    TextFormats.read(file, options, part -> length[0] += part.text().length);
    var search = new Search(HoldOut.wanted(length[0], share), length[0]);
    TextFormats.read(file, options, search::add);
    return search.found();
  }

  private static final class Search {
    private final long wanted;
    private final long length;
    private long at;
    private long before = -1;
    private long after = -1;
    private long character;

    private Search(long wanted, long length) {
      this.wanted = wanted;
      this.length = length;
    }

    private void add(TextRecord record) {
      byte[] text = record.text();
      for (int i = 0; i < text.length && after < 0; i++) {
        if (text[i] == '\n') {
          line(at + i + 1);
        }
      }
      if (at <= wanted && wanted < at + text.length) {
        int within = (int) (wanted - at);
        while (within > 0 && (text[within] & 0xC0) == 0x80) {
          within--;
        }
        character = at + within;
      }
      at += text.length;
    }

    private void line(long begin) {
      if (begin <= wanted) {
        before = begin;
      } else if (begin < length) {
        after = begin;
      }
    }

    private FileEnd found() {
      long most = length / 4;
      boolean low = before > 0 && wanted - before <= most;
      boolean high = after > 0 && after - wanted <= most;
      if (low && (!high || wanted - before <= after - wanted)) {
        return new FileEnd(before, length, true);
      }
      return high ? new FileEnd(after, length, true) : new FileEnd(character, length, false);
    }
  }
}
