package dev.swax.grid.run;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * When to look at everything again. A look at thousands of cells takes a while, so it waits for a
 * multiple of the time that the last one took, but never longer than ten seconds.
 */
final class Rounds {
  private static final long LONGEST = Duration.ofSeconds(10).toNanos();

  private final int multiple;
  private final LongSupplier clock;
  private long next;

  /**
   * The first one is due at once.
   *
   * @param clock nanoseconds
   */
  Rounds(int multiple, LongSupplier clock) {
    this.multiple = multiple;
    this.clock = clock;
    this.next = clock.getAsLong();
  }

  boolean isDue() {
    return clock.getAsLong() - next >= 0;
  }

  /** Looks, and returns what the look returns. */
  boolean go(BooleanSupplier look) {
    long begin = clock.getAsLong();
    boolean found = look.getAsBoolean();
    long end = clock.getAsLong();
    next = end + Math.min(LONGEST, multiple * (end - begin));
    return found;
  }
}
