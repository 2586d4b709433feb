package dev.swax.runtime.program;

import dev.swax.runtime.UserError;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The keys and values that an attention layer, or several that attend to the same, keep of the text
 * they have walked, of one text. New rows are appended; when the room is used up the last {@code
 * context} rows move to the front, behind the anchor: the first rows of the text, which stay.
 */
public final class KeyCache {
  private final Tensor keys;
  private final Tensor values;
  private final int keyColumns;
  private final int valueColumns;
  private final int anchor;
  private final int context;
  private final int capacity;
  private int filled;
  private int past;

  /** The position of the first row of the last append. */
  private long position = -1;

  /** Those of all texts that are evaluated side by side; this is the first. */
  private KeyCache[] texts = {this};

  /** Where the current document begins; below 0 where its first rows are no longer kept. */
  private int documentStart;

  /** The same before the last append, which every layer that shares this cache begins with. */
  private int startBefore;

  /**
   * @param keyColumns of a row of keys
   * @param valueColumns of a row of values
   * @param anchor how many of the first rows stay; they come in the first append
   * @param context how many past rows are kept beside them
   * @param time the most rows appended at once, the anchor not counted
   */
  public KeyCache(
      Arena arena, int keyColumns, int valueColumns, int anchor, int context, int time) {
    this.keyColumns = keyColumns;
    this.valueColumns = valueColumns;
    this.anchor = anchor;
    this.context = context;
    this.capacity = Math.toIntExact(capacity(anchor, context, time));
    this.keys = Tensor.allocate(arena, (long) capacity * keyColumns);
    this.values = Tensor.allocate(arena, (long) capacity * valueColumns);
  }

  /** Adds caches of the same sizes, so that there is one for each of so many texts. */
  void addTexts(Arena arena, int count, int time) {
    texts = new KeyCache[count];
    texts[0] = this;
    for (int i = 1; i < count; i++) {
      texts[i] = new KeyCache(arena, keyColumns, valueColumns, anchor, context, time);
    }
  }

  /** That of a text. */
  KeyCache text(int text) {
    return texts[text];
  }

  /** Keeps what another cache of the same sizes keeps. */
  void copy(KeyCache from) {
    copy(from.keys, keys, 0, from.filled, keyColumns);
    copy(from.values, values, 0, from.filled, valueColumns);
    filled = from.filled;
    past = from.past;
    position = from.position;
    documentStart = from.documentStart;
    startBefore = from.startBefore;
  }

  /** Bytes that a cache of those sizes holds. */
  public static long bytes(int keyColumns, int valueColumns, int anchor, int context, int time) {
    return capacity(anchor, context, time) * (keyColumns + valueColumns) * Float.BYTES;
  }

  /** Generation appends single rows: room for some of them makes moving rare. */
  private static long capacity(int anchor, int context, int time) {
    return (long) anchor + context + Math.max(time, Math.min(context, 256));
  }

  /**
   * Appends {@code time} rows of k and v, unless another layer has done so.
   *
   * @param first the position of the first of them in the text
   */
  public void append(Tensor k, Tensor v, int time, long first) {
    if (first == position) {
      return;
    }
    position = first;
    if (filled + time > capacity) {
      int kept = Math.min(context, filled - anchor);
      move(keys, kept, keyColumns);
      move(values, kept, valueColumns);
      documentStart -= filled - anchor - kept;
      filled = anchor + kept;
    }
    past = filled;
    startBefore = documentStart;
    copy(k, keys, filled, time, keyColumns);
    copy(v, values, filled, time, valueColumns);
    filled += time;
  }

  /** Fails unless the past reaches as far back as a window needs. */
  public void require(int window) {
    if (window - 1 > context) {
      throw new UserError(
          "a window of %d needs %d past keys, but this program keeps %d"
              .formatted(window, window - 1, context),
          null);
    }
  }

  /** Fails unless every row of the current document is still kept. */
  public void requireWholeDocument() {
    if (startBefore < 0) {
      throw new UserError(
          "full attention keeps every key of a text, but this one is longer than the %d keys that were reserved"
              .formatted(context),
          null);
    }
  }

  /**
   * For each new row the first key that belongs to its document.
   *
   * @param starts true where a document begins, row by row
   * @param firstKeys filled with one index for each new row
   */
  public void firstKeys(boolean[] starts, int[] firstKeys, int time) {
    documentStart = startBefore;
    for (int t = 0; t < time; t++) {
      if (starts[t]) {
        documentStart = past + t;
      }
      firstKeys[t] = Math.max(0, documentStart);
    }
  }

  /** How many of the first rows stay. */
  public int anchor() {
    return anchor;
  }

  /** Rows that were there before the last {@link #append}. */
  public int past() {
    return past;
  }

  public Tensor keys() {
    return keys;
  }

  public Tensor values() {
    return values;
  }

  /** Forgets everything. */
  public void clear() {
    filled = 0;
    past = 0;
    documentStart = 0;
    startBefore = 0;
    position = -1;
  }

  private void move(Tensor tensor, int kept, int columns) {
    MemorySegment.copy(
        tensor.segment(),
        (long) (filled - kept) * columns * Float.BYTES,
        tensor.segment(),
        (long) anchor * columns * Float.BYTES,
        (long) kept * columns * Float.BYTES);
  }

  private static void copy(Tensor from, Tensor to, int at, int rows, int columns) {
    MemorySegment.copy(
        from.segment(),
        0,
        to.segment(),
        (long) at * columns * Float.BYTES,
        (long) rows * columns * Float.BYTES);
  }
}
