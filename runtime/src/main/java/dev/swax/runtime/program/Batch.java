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
 * @param lead how many tokens of each sequence only leave a state behind: attention does not look
 *     across to them, no gradient goes back to them, and positions begin behind them
 */
@SuppressWarnings("ArrayRecordComponent")
public record Batch(
    int batch, int time, int[] tokens, int[] targets, boolean[] documentStarts, int lead) {
  public Batch(int batch, int time, int[] tokens, int[] targets, boolean[] documentStarts) {
    this(batch, time, tokens, targets, documentStarts, 0);
  }

  /** An empty batch of that size. */
  public static Batch allocate(int batch, int time) {
    return allocate(batch, time, 0);
  }

  /** The same, in whose sequences the first tokens only leave a state behind. */
  public static Batch allocate(int batch, int time, int lead) {
    int rows = batch * time;
    return new Batch(batch, time, new int[rows], new int[rows], new boolean[rows], lead);
  }

  /** Empties {@code count} tokens from {@code from}: nothing is predicted there. */
  public void clear(int from, int count) {
    Arrays.fill(tokens, from, from + count, 0);
    Arrays.fill(targets, from, from + count, -1);
    Arrays.fill(documentStarts, from, from + count, false);
  }
}
