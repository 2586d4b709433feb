package dev.swax.runtime.task;

import java.util.List;

/**
 * Texts to choose from.
 *
 * @param right index of the right one
 * @param group what the score is also reported under; else empty
 */
public record Choices(List<Option> options, int right, String group) {
  /**
   * One text.
   *
   * @param context tokens that are read and not scored, at least one. Most tasks give all options
   *     the same
   * @param continuation tokens whose log-likelihood counts, at least one
   * @param size of the continuation, in the task's measure (bytes, characters)
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Option(int[] context, int[] continuation, int size) {
    public Option {
      if (context.length == 0 || continuation.length == 0 || size < 1) {
        throw new IllegalArgumentException(
            "a context of %d tokens, a continuation of %d and size %d"
                .formatted(context.length, continuation.length, size));
      }
    }
  }

  public Choices {
    options = List.copyOf(options);
    if (right < 0 || right >= options.size()) {
      throw new IllegalArgumentException("option %d of %d".formatted(right, options.size()));
    }
  }
}
