package dev.swax.runtime.kernel.attention;

import org.jspecify.annotations.Nullable;

/**
 * Which keys each query sees. Query t of a sequence belongs to key index {@code past + t} and sees
 * keys {@code max(past + t - window + 1, firstKeys[t]) .. past + t}, and those below the anchor.
 *
 * @param batch sequences
 * @param time queries of each
 * @param past keys of each sequence before the first query's own
 * @param window keys that a query sees at most; {@link Integer#MAX_VALUE}: every one before it
 * @param firstKeys of each query, so that documents do not see each other; null: 0 for all
 * @param position of the first query in its document, from whose beginning chunks are counted
 * @param anchor keys at the beginning of each sequence that every query behind them sees, too
 */
@SuppressWarnings("ArrayRecordComponent")
public record AttentionBand(
    int batch,
    int time,
    int past,
    int window,
    int @Nullable [] firstKeys,
    long position,
    int anchor) {

  /** A band without an anchor. */
  public AttentionBand(
      int batch, int time, int past, int window, int @Nullable [] firstKeys, long position) {
    this(batch, time, past, window, firstKeys, position, 0);
  }

  /** A band over the sequences themselves, with nothing before them. */
  public static AttentionBand within(int batch, int time, int window, int @Nullable [] firstKeys) {
    return new AttentionBand(batch, time, 0, window, firstKeys, 0);
  }

  /** Keys of a sequence. */
  public int keys() {
    return past + time;
  }

  /**
   * The first key that query {@code t} of sequence {@code b} sees, in chunks of so many tokens. It
   * sees all from there on, and those below the anchor; 0 where the two meet.
   */
  int firstKey(int b, int t, int chunk) {
    int own = firstKeys == null ? 0 : firstKeys[b * time + t];
    int first = Math.max(own, past + t - window + 1);
    if (chunk > 0) {
      // A document that begins at 0 may have begun before the keys that are kept.
      long inDocument = own > 0 ? past + t - own : position + t;
      first = Math.max(first, past + t - (int) (inDocument % chunk));
    }
    return first <= anchor ? 0 : first;
  }
}
