package dev.swax.tokenizers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Encodes long texts in pieces: the library needs about a hundred times the memory of a text. They
 * are cut where the tokens of both sides do not depend on each other: after a line break between
 * two words, or at a blank between them where a word brings its blank along.
 */
final class Pieces {
  static final int LONGEST = 1 << 20;

  private final Function<String, int[]> encode;
  private final int longest;

  Pieces(Function<String, int[]> encode) {
    this(encode, LONGEST);
  }

  Pieces(Function<String, int[]> encode, int longest) {
    this.encode = encode;
    this.longest = longest;
  }

  int[] encode(String text) {
    if (text.length() <= longest) {
      return encode.apply(text);
    }
    Cut cut = cut();
    if (cut == null) {
      return encode.apply(text);
    }
    List<int[]> parts = new ArrayList<>();
    int from = 0;
    while (text.length() - from > longest) {
      int at = cut.find(text, from, from + longest);
      if (at < 0) {
        break;
      }
      parts.add(encode.apply(text.substring(from, at + cut.kept)));
      from = at + 1;
    }
    parts.add(encode.apply(text.substring(from)));
    return parts.stream().flatMapToInt(Arrays::stream).toArray();
  }

  /** Where this tokenizer can be cut; null where nowhere. */
  private @Nullable Cut cut() {
    int[] a = encode.apply("word");
    for (Cut cut : Cut.values()) {
      String separator = String.valueOf(cut.separator);
      int[] both = encode.apply("word" + separator + "word");
      int[] left = encode.apply("word" + separator.substring(0, cut.kept));
      if (Arrays.equals(both, IntStream.concat(Arrays.stream(left), Arrays.stream(a)).toArray())) {
        return cut;
      }
    }
    return null;
  }

  /** A sign between two words at which a text is cut. */
  private enum Cut {
    /** A word brings its blank along, also the first one. */
    BLANK(' ', 0),
    LINE('\n', 1);

    private final char separator;

    /** Whether the sign stays on the left side. */
    private final int kept;

    Cut(char separator, int kept) {
      this.separator = separator;
      this.kept = kept;
    }

    /** The last place before {@code to}, or else the first one after it, or -1. */
    int find(String text, int from, int to) {
      for (int at = text.lastIndexOf(separator, to - 1); at > from; ) {
        if (isBetweenWords(text, at)) {
          return at;
        }
        at = text.lastIndexOf(separator, at - 1);
      }
      int at = text.indexOf(separator, to);
      while (at >= 0 && !isBetweenWords(text, at)) {
        at = text.indexOf(separator, at + 1);
      }
      return at;
    }

    private static boolean isBetweenWords(String text, int at) {
      return at + 1 < text.length()
          && Character.isLetterOrDigit(text.charAt(at - 1))
          && Character.isLetterOrDigit(text.charAt(at + 1));
    }
  }
}
