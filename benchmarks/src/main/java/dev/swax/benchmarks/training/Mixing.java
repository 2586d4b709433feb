package dev.swax.benchmarks.training;

import java.util.Locale;

/** What moves information along time in a block. */
public enum Mixing {
  /** Attention over a window of {@link Sizes#WINDOW} keys. */
  WINDOW,
  /** mLSTM, chunkwise. */
  MEMORY,
  /** The gated delta rule, chunkwise, with short convolutions. */
  DELTA,
  /** Causal attention over everything before. */
  FULL;

  /** What the mixer is called in the model, and so in the names of its parameters. */
  public String mixer() {
    return switch (this) {
      case WINDOW -> "local";
      case MEMORY, DELTA -> "memory";
      case FULL -> "full";
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
