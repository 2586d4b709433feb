package dev.swax.runtime.kernel;

import static org.assertj.core.api.Assertions.fail;

import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.SplittableRandom;

/** Tensors for tests. */
public final class Values {
  private Values() {}

  /** Values from -1 to 1. */
  public static Tensor random(long length, long seed) {
    var random = new SplittableRandom(seed);
    Tensor tensor = Tensor.allocate(Arena.ofAuto(), length);
    for (long i = 0; i < length; i++) {
      tensor.set(i, (float) random.nextDouble(-1, 1));
    }
    return tensor;
  }

  public static Tensor copy(Tensor x) {
    Tensor copy = Tensor.allocate(Arena.ofAuto(), x.length());
    copy.segment().copyFrom(x.segment());
    return copy;
  }

  public static Tensor zeros(long length) {
    return Tensor.allocate(Arena.ofAuto(), length);
  }

  public static void assertSameBits(Tensor actual, Tensor expected, long length) {
    for (long i = 0; i < length; i++) {
      if (Float.floatToRawIntBits(actual.get(i)) != Float.floatToRawIntBits(expected.get(i))) {
        fail("value %d is %s, not %s".formatted(i, actual.get(i), expected.get(i)));
      }
    }
  }

  public static void assertClose(Tensor actual, Tensor expected, long length, double tolerance) {
    for (long i = 0; i < length; i++) {
      double difference = Math.abs((double) actual.get(i) - expected.get(i));
      if (!(difference <= tolerance)) {
        fail("value %d is %s, not %s".formatted(i, actual.get(i), expected.get(i)));
      }
    }
  }
}
