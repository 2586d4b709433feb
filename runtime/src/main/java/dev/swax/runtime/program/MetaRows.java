package dev.swax.runtime.program;

import java.util.Arrays;

/**
 * The rows of a model's meta tokens. They stand before the tokens of every sequence that begins
 * from the empty state; nothing is predicted after them. Layers see them as rows like others.
 */
final class MetaRows {
  private final int count;
  private final int[] tokens;
  private final int[] targets;
  private final boolean[] starts;
  private final int[] numbers;

  /**
   * @param count of each sequence
   * @param capacity the most rows of a call, those of tokens included
   */
  MetaRows(int count, int capacity) {
    this.count = count;
    int rows = count == 0 ? 0 : capacity;
    tokens = new int[rows];
    targets = new int[rows];
    starts = new boolean[rows];
    numbers = new int[rows];
  }

  int count() {
    return count;
  }

  /** For each row of the last batch which meta token it is; -1 for a row of text. */
  int[] numbers() {
    return numbers;
  }

  /**
   * A batch as layers see it. It is overwritten by the next.
   *
   * @param begins whether its sequences begin from the empty state, so that meta tokens come first
   */
  Batch with(Batch input, boolean begins) {
    if (count == 0) {
      return input;
    }
    int first = begins ? count : 0;
    int time = first + input.time();
    for (int b = 0; b < input.batch(); b++) {
      requireWhole(input, b, begins);
      int from = b * time;
      for (int i = 0; i < first; i++) {
        numbers[from + i] = i;
      }
      Arrays.fill(tokens, from, from + first, -1);
      Arrays.fill(targets, from, from + first, -1);
      Arrays.fill(starts, from, from + time, false);
      Arrays.fill(numbers, from + first, from + time, -1);
      starts[from] = input.documentStarts()[b * input.time()];
      System.arraycopy(input.tokens(), b * input.time(), tokens, from + first, input.time());
      System.arraycopy(input.targets(), b * input.time(), targets, from + first, input.time());
    }
    return new Batch(input.batch(), time, tokens, targets, starts);
  }

  /** A document that begins within a sequence would need rows that are not there. */
  private static void requireWhole(Batch input, int sequence, boolean begins) {
    for (int t = begins ? 1 : 0; t < input.time(); t++) {
      if (input.documentStarts()[sequence * input.time() + t]) {
        throw new IllegalArgumentException(
            "a document begins at token %d of a sequence, but meta tokens stand before sequences"
                .formatted(t));
      }
    }
  }
}
