package dev.swax.runtime.kernel.attention;

import org.jspecify.annotations.Nullable;

/**
 * Which keys each query sees. Query t of a sequence belongs to key index {@code past + t} and sees
 * keys {@code max(past + t - window + 1, firstKeys[t]) .. past + t}.
 *
 * @param batch sequences
 * @param time queries of each
 * @param past keys of each sequence before the first query's own
 * @param window keys that a query sees at most; {@link Integer#MAX_VALUE}: every one before it
 * @param firstKeys of each query, so that documents do not see each other; null: 0 for all
 */
@SuppressWarnings("ArrayRecordComponent")
public record AttentionBand(int batch, int time, int past, int window, int @Nullable [] firstKeys) {

  /** A band over the sequences themselves, with nothing before them. */
  public static AttentionBand within(int batch, int time, int window, int @Nullable [] firstKeys) {
    return new AttentionBand(batch, time, 0, window, firstKeys);
  }

  /** Keys of a sequence. */
  public int keys() {
    return past + time;
  }

  /** Keys that a query sees at most; never more than there are. */
  int reach() {
    return Math.min(window, keys());
  }

  /** The first key that query {@code t} of sequence {@code b} sees. */
  public int firstKey(int b, int t) {
    int first = Math.max(0, past + t - window + 1);
    return firstKeys == null ? first : Math.max(first, firstKeys[b * time + t]);
  }
}
