package dev.swax.runtime.train;

import dev.swax.runtime.task.Example;
import java.util.Locale;

/** Which tokens of an example training learns to predict. */
public enum ExampleLoss {
  /** Those that the task scores. */
  ANSWERS {
    @Override
    int target(Example example, int t) {
      return example.targets()[t];
    }
  },
  /** Those, and everywhere else the token that follows. */
  ALL {
    @Override
    int target(Example example, int t) {
      int scored = example.targets()[t];
      boolean follows = t + 1 < example.tokens().length;
      return scored >= 0 || !follows ? scored : example.tokens()[t + 1];
    }
  };

  /** What is to be predicted after token t, or -1. */
  abstract int target(Example example, int t);

  /** As the language has it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
