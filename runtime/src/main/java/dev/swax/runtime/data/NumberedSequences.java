package dev.swax.runtime.data;

import dev.swax.runtime.program.Batch;

/** Sequences of {@code time} tokens, each of which follows from its number. */
public abstract class NumberedSequences implements Sequences {
  /** Tokens of a sequence. */
  protected final int time;

  private long position;

  protected NumberedSequences(int time) {
    this.time = time;
  }

  @Override
  public final long position() {
    return position;
  }

  @Override
  public final void seek(long position) {
    this.position = position;
  }

  @Override
  public final int next(Batch batch, long drawn) {
    int targets = 0;
    for (int row = 0; row < batch.batch(); row++) {
      targets += fill(batch, row * time, position++, drawn + row);
    }
    return targets;
  }

  /**
   * Writes sequence {@code number} to a batch, from its token {@code from}.
   *
   * @param drawn how many sequences came before, of all sources
   * @return how many tokens have a target
   */
  protected abstract int fill(Batch batch, int from, long number, long drawn);
}
