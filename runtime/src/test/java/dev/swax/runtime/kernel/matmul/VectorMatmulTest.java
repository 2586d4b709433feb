package dev.swax.runtime.kernel.matmul;

import static dev.swax.runtime.kernel.Values.assertClose;
import static dev.swax.runtime.kernel.Values.assertSameBits;
import static dev.swax.runtime.kernel.Values.copy;
import static dev.swax.runtime.kernel.Values.random;

import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.tensor.Tensor;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VectorMatmulTest {
  private static final int[] SIZES = {0, 1, 3, 7, 8, 15, 16, 17, 33, 100, 257, 1024};

  enum Kind {
    PLAIN {
      @Override
      void run(Kernels kernels, Tensor a, Tensor b, Tensor c, int m, int k, int n, boolean add) {
        kernels.matmul(a, b, c, m, k, n, add);
      }
    },
    TRANSPOSED_RIGHT {
      @Override
      void run(Kernels kernels, Tensor a, Tensor b, Tensor c, int m, int k, int n, boolean add) {
        kernels.matmulTransposedRight(a, b, c, m, k, n, add);
      }
    },
    TRANSPOSED_LEFT {
      @Override
      void run(Kernels kernels, Tensor a, Tensor b, Tensor c, int m, int k, int n, boolean add) {
        kernels.matmulTransposedLeft(a, b, c, m, k, n, add);
      }
    };

    abstract void run(
        Kernels kernels, Tensor a, Tensor b, Tensor c, int m, int k, int n, boolean add);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everySizeAgreesWithScalar(Kind kind) {
    try (var scalar = new ScalarKernels();
        var vector = new VectorKernels(2)) {
      for (int size : SIZES) {
        check(kind, scalar, vector, size, 5, 33);
        check(kind, scalar, vector, 7, size, 17);
        check(kind, scalar, vector, 9, 40, size);
      }
      check(kind, scalar, vector, 257, 300, 100);
      check(kind, scalar, vector, 40, 2200, 300);
      check(kind, scalar, vector, 3, 700, 1100);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void randomSizesAgreeWithScalar(Kind kind) {
    long seed = 1;
    var random = new SplittableRandom(seed);
    try (var scalar = new ScalarKernels();
        var vector = new VectorKernels(2)) {
      for (int i = 0; i < 60; i++) {
        check(kind, scalar, vector, random.nextInt(80), random.nextInt(600), random.nextInt(120));
      }
    }
  }

  private static void check(Kind kind, Kernels scalar, Kernels vector, int m, int k, int n) {
    Tensor a = random((long) m * k, 1);
    Tensor b = random((long) k * n, 2);
    for (boolean add : new boolean[] {false, true}) {
      Tensor expected = random((long) m * n, 3);
      Tensor actual = copy(expected);
      kind.run(scalar, a, b, expected, m, k, n, add);
      kind.run(vector, a, b, actual, m, k, n, add);
      // k roundings of partial sums that are at most k.
      double tolerance = Math.ulp(1f) * (1 + k) * Math.sqrt(1 + k) / 2;
      assertClose(actual, expected, (long) m * n, tolerance);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16, 100, 700})
  void anyNumberOfThreadsGivesTheSameBits(int m) {
    for (Kind kind : Kind.values()) {
      for (int n : new int[] {1, 31, 64, 333}) {
        threads(kind, m, 513, n);
      }
    }
  }

  private static void threads(Kind kind, int m, int k, int n) {
    Tensor a = random((long) m * k, 1);
    Tensor b = random((long) k * n, 2);
    Tensor expected = random((long) m * n, 3);
    Tensor start = copy(expected);
    try (var one = new VectorKernels(1)) {
      kind.run(one, a, b, expected, m, k, n, true);
    }
    for (int threads : new int[] {2, 3, 5}) {
      Tensor actual = copy(start);
      try (var several = new VectorKernels(threads)) {
        kind.run(several, a, b, actual, m, k, n, true);
      }
      assertSameBits(actual, expected, (long) m * n);
    }
  }

  @Test
  void nothingIsReadOrWrittenBesideTheMatrices() {
    try (var vector = new VectorKernels(1)) {
      for (Kind kind : Kind.values()) {
        Tensor a = random(23 * 19, 1);
        Tensor b = random(19 * 37, 2);
        Tensor around = random(23 * 37 + 200, 3);
        Tensor before = copy(around);
        kind.run(vector, a, b, around.slice(100, 23 * 37), 23, 19, 37, false);
        assertSameBits(around, before, 100);
        assertSameBits(around.slice(100 + 23 * 37, 100), before.slice(100 + 23 * 37, 100), 100);
      }
    }
  }
}
