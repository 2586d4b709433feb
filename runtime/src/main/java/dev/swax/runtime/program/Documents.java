package dev.swax.runtime.program;

import org.jspecify.annotations.Nullable;

/** Where documents begin in the sequences of the current call. */
final class Documents {
  private final int[] firstKeys;
  private boolean[] starts = {};
  private int time;
  private int lead;
  private boolean any;
  private boolean seen;

  /** Where the document began that was there before this call, counted from the text's start. */
  private long begun;

  private int[] positions = {};

  /** For calls of at most so many rows. */
  Documents(int capacity) {
    firstKeys = new int[capacity];
  }

  void bind(Batch input) {
    starts = input.documentStarts();
    time = input.time();
    lead = input.lead();
    any = false;
    for (int row = 0; row < input.batch() * time; row++) {
      any |= starts[row];
    }
    if (any || lead > 0) {
      bindFirstKeys(input.batch() * time);
    }
  }

  /** The first key of each row's document, within its sequence. */
  private void bindFirstKeys(int rows) {
    for (int row = 0; row < rows; row++) {
      int t = row % time;
      firstKeys[row] = begins(row, t) ? t : t == 0 ? 0 : firstKeys[row - 1];
    }
  }

  /** Whether attention looks at nothing before a row. */
  private boolean begins(int row, int t) {
    return starts[row] || (lead > 0 && t == lead);
  }

  /** Whether one begins in this call. */
  boolean any() {
    return any;
  }

  /** Where the states of recurrences are emptied; null: nowhere. */
  boolean @Nullable [] resets() {
    return any ? starts : null;
  }

  /** The first key that each row may see, of those in this call; null: the first of all. */
  int @Nullable [] firstKeys() {
    return any || lead > 0 ? firstKeys : null;
  }

  /** The same, of those that a cache holds. Its keys are those of this call and some before. */
  int @Nullable [] firstKeys(KeyCache cache) {
    if (!seen) {
      return null;
    }
    cache.firstKeys(starts, firstKeys, time);
    return firstKeys;
  }

  /**
   * How many tokens of its document stand before each row's, counted again from 0 after so many.
   *
   * @param first the position of a sequence's first row in its text
   */
  int[] positions(long first, int rows, int count) {
    if (positions.length < rows) {
      positions = new int[firstKeys.length];
    }
    for (int row = 0; row < rows; row++) {
      long before =
          begins(row, row % time) ? 0 : row % time == 0 ? first - begun : positions[row - 1] + 1;
      positions[row] = (int) (before % count);
    }
    return positions;
  }

  /** Where the first token of a call that begins there in its text stands in its document. */
  long inDocument(long first) {
    return goesOn() ? first - begun : 0;
  }

  /** After a call that went on from the last one, and began at that position of its text. */
  void walked(long first) {
    for (int row = time - 1; any && row >= 0; row--) {
      if (starts[row]) {
        begun = first + row;
        return;
      }
    }
  }

  /** Whether the whole call belongs to the document that was there before it. */
  boolean goesOn() {
    return !starts[0];
  }

  /** From here on, documents that began in this call count. */
  void remember() {
    seen |= any;
  }

  /** Goes on from where another text stands. */
  void copy(Documents from) {
    seen = from.seen;
    begun = from.begun;
  }

  /** A new text. */
  void forget() {
    seen = false;
    begun = 0;
  }
}
