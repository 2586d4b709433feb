package dev.swax.runtime.evaluate;

import dev.swax.runtime.UserError;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.Program;

/** Walks prompts in segments, so that memory does not grow with them. */
final class PromptReader {
  private final Program program;
  private final int[] windows;

  /**
   * @param windows of every window of the model, in the order of {@link Program#windowNames}
   */
  PromptReader(Program program, int[] windows) {
    this.program = program;
    this.windows = windows.clone();
  }

  /** Fails where there is nothing to continue. */
  static void requireTokens(int[] prompt) {
    if (prompt.length == 0) {
      throw new UserError("the prompt is empty, but at least one token is needed", null);
    }
  }

  /** Walks the first {@code length} tokens, in every row of the program. */
  void read(int[] prompt, int length) {
    for (int from = 0; from < length; from += program.time()) {
      read(prompt, from, Math.min(program.time(), length - from));
    }
  }

  /** Walks so many tokens, one segment, in every row of the program. */
  void read(int[] prompt, int from, int time) {
    Batch segment = Batch.allocate(program.batch(), time);
    for (int row = 0; row < program.batch() * time; row++) {
      segment.tokens()[row] = prompt[from + row % time];
      segment.targets()[row] = -1;
      segment.documentStarts()[row] = from + row % time == 0;
    }
    program.evaluate(segment, windows);
  }
}
