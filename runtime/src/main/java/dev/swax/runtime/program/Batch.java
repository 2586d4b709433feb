package dev.swax.runtime.program;

import java.util.Arrays;

/**
 * One micro-batch: {@code batch} sequences of {@code time} tokens, row-major. Contents change from
 * call to call; the arrays stay.
 *
 * @param tokens inputs [batch * time]
 * @param targets the token that follows each, or -1 where the loss ignores it
 * @param documentStarts true where a document begins: memories are emptied before that token and
 *     attention does not look across
 */
@SuppressWarnings("ArrayRecordComponent")
public record Batch(int batch, int time, int[] tokens, int[] targets, boolean[] documentStarts) {
  /** An empty batch of that size. */
  public static Batch allocate(int batch, int time) {
    int rows = batch * time;
    return new Batch(batch, time, new int[rows], new int[rows], new boolean[rows]);
  }

  /** Empties {@code count} tokens from {@code from}: nothing is predicted there. */
  public void clear(int from, int count) {
    Arrays.fill(tokens, from, from + count, 0);
    Arrays.fill(targets, from, from + count, -1);
    Arrays.fill(documentStarts, from, from + count, false);
  }
}
