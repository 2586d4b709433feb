package dev.swax.runtime.data;

import dev.swax.runtime.program.Batch;
import java.util.List;

/** Training sequences without end. How many were handed out is all that must be saved. */
public interface Sequences {
  /** The names of what they are mixed of; none where it is one source. */
  default List<String> sources() {
    return List.of();
  }

  /** The source, by its place in {@link #sources}, of a row of the last batch. */
  default int source(int row) {
    return 0;
  }

  /** What should be said of them before the first one. */
  default List<String> notes() {
    return List.of();
  }

  /** How many sequences have been handed out. */
  long position();

  /** Continues as if {@code position} sequences had been handed out. */
  void seek(long position);

  /** Passes over the next {@code count} sequences. */
  default void skip(long count) {
    seek(position() + count);
  }

  /**
   * Fills every row of the batch with the next sequence.
   *
   * @return how many tokens have a target
   */
  default int next(Batch batch) {
    return next(batch, position());
  }

  /**
   * The same where this is one source of several.
   *
   * @param drawn how many sequences all of them together have handed out
   */
  int next(Batch batch, long drawn);
}
