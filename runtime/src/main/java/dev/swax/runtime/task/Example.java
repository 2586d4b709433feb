package dev.swax.runtime.task;

/**
 * What a model reads and what it should predict.
 *
 * @param tokens [n]
 * @param targets [n] the token that is to be predicted after each, or -1 where nothing is scored
 * @param distances [n] how many positions back stands what tells the target: 1 for the token just
 *     before; 0 where this is not known or nothing is scored
 */
@SuppressWarnings("ArrayRecordComponent")
public record Example(int[] tokens, int[] targets, int[] distances) {
  public Example {
    if (targets.length != tokens.length || distances.length != tokens.length) {
      throw new IllegalArgumentException(
          "%d tokens, %d targets, %d distances"
              .formatted(tokens.length, targets.length, distances.length));
    }
  }

  /** An example with unknown distances. */
  public Example(int[] tokens, int[] targets) {
    this(tokens, targets, new int[tokens.length]);
  }

  /** A text with its continuation, of which every token is a target. */
  public static Example continuation(int[] text, int[] answer) {
    int[] tokens = new int[text.length + answer.length];
    System.arraycopy(text, 0, tokens, 0, text.length);
    System.arraycopy(answer, 0, tokens, text.length, answer.length);
    int[] targets = new int[tokens.length];
    for (int t = 0; t < tokens.length; t++) {
      boolean answered = t + 1 >= text.length && t + 1 < tokens.length;
      targets[t] = answered ? tokens[t + 1] : -1;
    }
    return new Example(tokens, targets);
  }
}
