package dev.swax.runtime.task.text.longbench;

import java.util.Arrays;

/** LongBench's way with prompts that are too long. */
final class Middle {
  private Middle() {}

  /** The first and the last half of what may stay; all where it fits. */
  static int[] cut(int[] tokens, int most) {
    if (tokens.length <= most) {
      return tokens;
    }
    int head = most / 2;
    int[] kept = Arrays.copyOf(tokens, most);
    int tail = most - head;
    System.arraycopy(tokens, tokens.length - tail, kept, head, tail);
    return kept;
  }
}
