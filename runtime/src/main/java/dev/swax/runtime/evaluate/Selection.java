package dev.swax.runtime.evaluate;

import dev.swax.runtime.data.Document;
import dev.swax.runtime.token.Tokenizer;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens of a text are scored.
 *
 * @param at their places in their document, whose first token has place 0
 * @param repeated how many tokens before a name the document had it last; null for any token,
 *     whether it belongs to a name or not
 */
public record Selection(Range at, @Nullable Range repeated) {
  /** Every token. */
  public static final Selection ALL = new Selection(Range.ALL, null);

  /** Numbers from the first to the one before the second. */
  public record Range(long from, long to) {
    /** Every number of 0 or more. */
    public static final Range ALL = new Range(0, Long.MAX_VALUE);

    public Range {
      if (from < 0 || from >= to) {
        throw new IllegalArgumentException("numbers from %d to before %d".formatted(from, to));
      }
    }

    boolean has(long number) {
      return from <= number && number < to;
    }

    /** As it is written: {@code 1024..2048}. */
    public String describe() {
      return from + ".." + to;
    }
  }

  /** As it is written: {@code at: 1024..2048, repeated: 64..512}. */
  public String describe() {
    String places = at.equals(Range.ALL) ? "" : "at: " + at.describe();
    String names = repeated == null ? "" : "repeated: " + repeated.describe();
    return places.isEmpty() || names.isEmpty() ? places + names : places + ", " + names;
  }

  /** Whether a document is so long that a token of it can be scored. */
  boolean reaches(Document document) {
    return document.length() > at.from();
  }

  /** As much of a document as has to be read, with what is scored of it. */
  ScoredDocument of(Document document, Tokenizer tokenizer) {
    if (equals(ALL)) {
      return new ScoredDocument(document, tokenizer, null);
    }
    int length = (int) Math.min(document.length(), at.to());
    var read = new Document(document.name(), document.tokens().first(length));
    var scored = new BitSet(length);
    scored.set(Math.clamp(at.from(), 1, length), length);
    Range distances = repeated;
    if (distances != null) {
      int[] found = RepeatedNames.distances(read.tokens(), tokenizer);
      scored.stream()
          .filter(place -> found[place] == 0 || !distances.has(found[place]))
          .forEach(scored::clear);
    }
    return new ScoredDocument(read, tokenizer, scored);
  }
}
