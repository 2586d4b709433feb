package dev.swax.runtime.task.text;

import java.util.OptionalInt;
import java.util.function.IntPredicate;

/** How much text fits. */
public final class LongestFit {
  private LongestFit() {}

  /**
   * A count {@code n >= least} that fits while {@code n + 1} does not, found by doubling and
   * halving in {@code O(log n)} questions; nothing if {@code least} does not fit. Where more never
   * fits better, it is the largest that fits.
   */
  public static OptionalInt find(int least, IntPredicate fits) {
    if (!fits.test(least)) {
      return OptionalInt.empty();
    }
    int low = least;
    int step = 1;
    while (fits.test(low + step)) {
      low += step;
      step *= 2;
    }
    int high = low + step;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (fits.test(middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return OptionalInt.of(low);
  }
}
