package dev.swax.runtime.data;

import dev.swax.runtime.program.Batch;

/** Training sequences without end. How many were handed out is all that must be saved. */
public interface Sequences {
  /** How many sequences have been handed out. */
  long position();

  /** Continues as if {@code position} sequences had been handed out. */
  void seek(long position);

  /**
   * Fills every row of the batch with the next sequence.
   *
   * @return how many tokens have a target
   */
  int next(Batch batch);
}
