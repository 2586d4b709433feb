package dev.swax.runtime.task;

import dev.swax.runtime.random.RandomStream;
import java.util.Locale;

/**
 * What examples are drawn for. Each purpose has other examples, whatever the seed: those that are
 * made have its {@link #seed}, those that are records its {@link Task#part}.
 */
public enum Purpose {
  TRAINING,
  VALIDATION,
  TEST;

  /** The seed of a task's examples. */
  public long seed(long seed) {
    return new RandomStream(seed, "task/" + name().toLowerCase(Locale.ROOT)).nextLong();
  }
}
