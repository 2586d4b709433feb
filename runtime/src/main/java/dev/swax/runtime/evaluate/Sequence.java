package dev.swax.runtime.evaluate;

import dev.swax.runtime.task.Example;

/** Tokens to read, and what should be predicted after each. */
interface Sequence {
  int length();

  int token(int position);

  /** The token that is to be predicted after {@code position}, or -1 where nothing is scored. */
  int target(int position);

  static Sequence of(Example example) {
    return new Sequence() {
      @Override
      public int length() {
        return example.tokens().length;
      }

      @Override
      public int token(int position) {
        return example.tokens()[position];
      }

      @Override
      public int target(int position) {
        return example.targets()[position];
      }
    };
  }
}
