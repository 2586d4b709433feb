package dev.swax.runtime.data;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a pattern means: files, or entries of archives behind the first {@code !} with an archive
 * before it. What exists under the whole name is that file; {@code !!} is a {@code !} of a name.
 *
 * @param files pattern of the files, or of the archives
 * @param entries pattern of the entries; null where files are meant
 */
record TextPattern(String files, @Nullable String entries) {
  private static final String MARK = "!";

  /** {@code exists}: whether a path without wildcards is there. */
  static TextPattern parse(String written, Predicate<String> exists) {
    if (exists.test(written)) {
      return new TextPattern(written, null);
    }
    TextPattern first = null;
    for (int at = mark(written, 0); at >= 0; at = mark(written, at + 1)) {
      var pattern = new TextPattern(plain(written.substring(0, at)), written.substring(at + 1));
      if (Glob.isPattern(pattern.files()) || exists.test(pattern.files())) {
        return pattern;
      }
      first = first == null ? pattern : first;
    }
    return first == null ? new TextPattern(plain(written), null) : first;
  }

  /** The next {@code !} that is not doubled, or -1. */
  private static int mark(String text, int from) {
    int at = text.indexOf(MARK, from);
    while (at >= 0 && text.startsWith(MARK, at + 1)) {
      at = text.indexOf(MARK, at + 2);
    }
    return at;
  }

  private static String plain(String text) {
    return text.replace(MARK + MARK, MARK);
  }
}
