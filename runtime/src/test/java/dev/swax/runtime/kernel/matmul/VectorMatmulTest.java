package dev.swax.runtime.kernel.matmul;

import static dev.swax.runtime.kernel.Values.assertClose;
import static dev.swax.runtime.kernel.Values.assertSameBits;
import static dev.swax.runtime.kernel.Values.copy;
import static dev.swax.runtime.kernel.Values.random;
import static org.assertj.core.api.Assertions.assertThat;

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

    /** As many products side by side; only gradients are added to what is there. */
    void runBlocks(Kernels kernels, Tensor a, Tensor b, Tensor c, int m, int k, int n, int blocks) {
      switch (this) {
        case PLAIN -> kernels.blockMatmul(a, b, c, m, k, n, blocks);
        case TRANSPOSED_RIGHT -> kernels.blockMatmulTransposedRight(a, b, c, m, k, n, blocks);
        case TRANSPOSED_LEFT -> kernels.blockMatmulTransposedLeft(a, b, c, m, k, n, blocks);
      }
    }
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
      check(kind, scalar, vector, 40, 1600, 700);
      check(kind, scalar, vector, 20, 2200, 1100);
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

  @ParameterizedTest
  @EnumSource(Kind.class)
  void blocksAgreeWithScalarOnAnyNumberOfThreads(Kind kind) {
    for (int blocks : new int[] {2, 3, 8}) {
      for (int[] size : new int[][] {{1, 8, 5}, {33, 16, 16}, {100, 7, 20}, {90, 70, 130}}) {
        int m = size[0];
        int k = size[1];
        int n = size[2];
        Tensor a = random((long) blocks * m * k, 1);
        Tensor b = random((long) blocks * k * n, 2);
        Tensor start = random((long) blocks * m * n, 3);
        Tensor expected = copy(start);
        kind.runBlocks(new ScalarKernels(), a, b, expected, m, k, n, blocks);
        Tensor first = copy(start);
        for (int threads : new int[] {1, 2, 5}) {
          Tensor actual = copy(start);
          try (var vector = new VectorKernels(threads)) {
            kind.runBlocks(vector, a, b, actual, m, k, n, blocks);
          }
          double tolerance = Math.ulp(1f) * (1 + k) * Math.sqrt(1 + k) / 2;
          assertClose(actual, expected, (long) blocks * m * n, tolerance);
          first = threads == 1 ? actual : first;
          assertSameBits(actual, first, (long) blocks * m * n);
        }
      }
    }
  }

  @Test
  void aBlockIsAProductOfItsOwn() {
    int blocks = 3;
    Tensor a = random(blocks * 4 * 5, 1);
    Tensor b = random(blocks * 5 * 2, 2);
    Tensor all = random(blocks * 4 * 2, 3);
    try (var kernels = new ScalarKernels()) {
      kernels.blockMatmul(a, b, all, 4, 5, 2, blocks);
      for (int g = 0; g < blocks; g++) {
        Tensor left = random(4 * 5, 4);
        for (int i = 0; i < 20; i++) {
          left.set(i, a.get(i / 5 * 15 + g * 5 + i % 5));
        }
        Tensor own = random(4 * 2, 5);
        kernels.matmul(left, b.slice(g * 10, 10), own, 4, 5, 2, false);
        for (int i = 0; i < 8; i++) {
          assertThat(all.get(i / 2 * 6 + g * 2 + i % 2)).isEqualTo(own.get(i));
        }
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

  /** What is computed without packing has the bits of what is packed. */
  @ParameterizedTest
  @ValueSource(ints = {4, 5, 8, 11, 16, 17})
  void bitsDoNotDependOnTheOtherRowsAndColumns(int few) {
    int k = 519;
    Tensor a = random(40 * k, 1);
    Tensor wide = random(70 * k, 2);
    try (var kernels = new VectorKernels(2)) {
      Tensor all = random(40 * 70, 3);
      kernels.matmul(a, wide, all, 40, k, 70, false);
      Tensor some = random(few * 70, 4);
      kernels.matmul(a, wide, some, few, k, 70, false);
      assertSameBits(some, all, few * 70L);

      kernels.matmulTransposedRight(a, wide, all, 40, k, 70, true);
      kernels.matmulTransposedRight(a, wide, some, few, k, 70, true);
      assertSameBits(some, all, few * 70L);

      kernels.matmulTransposedRight(a, wide, all, 40, k, 70, false);
      Tensor left = random(40 * few, 5);
      kernels.matmulTransposedRight(a, wide, left, 40, k, few, false);
      for (int i = 0; i < 40 * few; i++) {
        assertThat(left.get(i)).isEqualTo(all.get((long) i / few * 70 + i % few));
      }
    }
  }

  /** Each value gets its products one by one, however threads share the columns. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 16})
  void fewRowsAreSummedInTheOrderOfTheDepth(int m) {
    for (int[] size : new int[][] {{0, 40}, {1, 40}, {19, 12}, {40, 70}, {77, 700}, {9, 2100}}) {
      int k = size[0];
      int n = size[1];
      Tensor a = random((long) m * k, 1);
      Tensor b = random((long) k * n, 2);
      Tensor before = random((long) m * n, 3);
      for (int threads : new int[] {1, 2, 5}) {
        try (var kernels = new VectorKernels(threads)) {
          for (boolean add : new boolean[] {false, true}) {
            Tensor expected = copy(before);
            inOrder(a, b, expected, m, k, n, add);
            Tensor actual = copy(before);
            kernels.matmul(a, b, actual, m, k, n, add);
            assertSameBits(actual, expected, (long) m * n);
          }
        }
      }
    }
  }

  /** So do those of few columns, whichever side is transposed. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 7, 8, 9, 16})
  void fewColumnsAreSummedInTheOrderOfTheDepth(int n) {
    for (int[] size : new int[][] {{17, 0}, {4, 19}, {47, 65}, {49, 300}, {400, 130}, {900, 9}}) {
      int m = size[0];
      int k = size[1];
      Tensor a = random((long) m * k, 1);
      Tensor b = random((long) k * n, 2);
      Tensor before = random((long) m * n, 3);
      for (int threads : new int[] {1, 2, 5}) {
        try (var kernels = new VectorKernels(threads)) {
          for (boolean add : new boolean[] {false, true}) {
            Tensor expected = copy(before);
            inOrder(a, b, expected, m, k, n, add);
            Tensor left = copy(before);
            kernels.matmulTransposedLeft(transposed(a, m, k), b, left, m, k, n, add);
            assertSameBits(left, expected, (long) m * n);
            Tensor plain = copy(before);
            kernels.matmul(a, b, plain, m, k, n, add);
            assertSameBits(plain, expected, (long) m * n);
            Tensor right = copy(before);
            kernels.matmulTransposedRight(a, transposed(b, k, n), right, m, k, n, add);
            assertSameBits(right, expected, (long) m * n);
          }
        }
      }
    }
  }

  private static Tensor transposed(Tensor x, int rows, int columns) {
    Tensor result = copy(x);
    for (int i = 0; i < rows * columns; i++) {
      result.set((long) i % columns * rows + i / columns, x.get(i));
    }
    return result;
  }

  private static void inOrder(Tensor a, Tensor b, Tensor c, int m, int k, int n, boolean add) {
    for (int i = 0; i < m * n; i++) {
      float sum = add ? c.get(i) : 0f;
      for (int p = 0; p < k; p++) {
        sum = Math.fma(a.get((long) i / n * k + p), b.get((long) p * n + i % n), sum);
      }
      c.set(i, sum);
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
