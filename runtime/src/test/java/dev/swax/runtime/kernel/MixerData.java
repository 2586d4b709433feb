package dev.swax.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Seeded tensors, and comparisons, for the tests of attention and memory. */
public final class MixerData {
  private static final long PATIENCE = 30_000_000_000L;

  private MixerData() {}

  /** N(0, 1). */
  public static Tensor normal(Arena arena, SplittableRandom random, int length) {
    Tensor x = Tensor.allocate(arena, length);
    for (int i = 0; i < length; i++) {
      x.set(i, (float) random.nextGaussian());
    }
    return x;
  }

  static Tensor copy(Arena arena, Tensor x) {
    Tensor copy = Tensor.allocate(arena, x.length());
    copy.segment().copyFrom(x.segment());
    return copy;
  }

  /** A tensor that a kernel must overwrite: any value that it leaves shows as NaN. */
  public static Tensor unwritten(Arena arena, int length) {
    Tensor x = Tensor.allocate(arena, length);
    for (int i = 0; i < length; i++) {
      x.set(i, Float.NaN);
    }
    return x;
  }

  static float[] values(Tensor x) {
    return x.segment().toArray(ValueLayout.JAVA_FLOAT);
  }

  /** Every value within {@code absolute + relative * largest magnitude expected}. */
  public static void assertClose(
      String what, Tensor actual, Tensor expected, double absolute, double relative) {
    assertThat(actual.length()).as(what).isEqualTo(expected.length());
    double largest = 0;
    for (float x : values(expected)) {
      largest = Math.max(largest, Math.abs(x));
    }
    double tolerance = absolute + relative * largest;
    for (int i = 0; i < expected.length(); i++) {
      double difference = Math.abs((double) actual.get(i) - expected.get(i));
      if (!(difference <= tolerance)) {
        fail(
            "%s[%d] is %s, expected %s within %s"
                .formatted(what, i, actual.get(i), expected.get(i), tolerance));
      }
    }
  }

  public static void assertSameBits(String what, Tensor actual, Tensor expected) {
    assertThat(Arrays.equals(bits(actual), bits(expected))).as(what).isTrue();
  }

  private static int[] bits(Tensor x) {
    return x.segment().toArray(ValueLayout.JAVA_INT);
  }

  /**
   * Runs often enough to be compiled, then expects that some run allocates nothing. Before
   * compilation vectors are objects.
   */
  public static void assertAllocatesNothing(Runnable run) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().threadId();
    long least = Long.MAX_VALUE;
    long end = System.nanoTime() + PATIENCE;
    while (least > 0 && System.nanoTime() < end) {
      long before = threads.getThreadAllocatedBytes(id);
      run.run();
      least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
    }
    assertThat(least).as("bytes allocated by a call").isZero();
  }
}
