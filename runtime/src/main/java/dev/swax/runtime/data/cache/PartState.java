package dev.swax.runtime.data.cache;

/**
 * How far a part of a cache, training or validation, has come.
 *
 * @param documents that are complete
 * @param tokens of these, and of one that has begun
 * @param complete tokens of documents that are complete
 * @param begun bytes of the text of the document that has begun
 * @param bytes of the text of those that are complete
 * @param longest the most tokens of one that is complete, at least 1
 */
public record PartState(
    long documents, long tokens, long complete, int begun, long bytes, int longest) {
  /** Nothing yet. */
  public static final PartState EMPTY = new PartState(0, 0, 0, 0, 0, 1);

  PartState text(long more, int text) {
    return new PartState(
        documents, tokens + more, complete, Math.addExact(begun, text), bytes, longest);
  }

  PartState end() {
    int length = Math.toIntExact(tokens - complete);
    return new PartState(
        documents + 1, tokens, tokens, 0, bytes + begun, Math.max(longest, length));
  }
}
