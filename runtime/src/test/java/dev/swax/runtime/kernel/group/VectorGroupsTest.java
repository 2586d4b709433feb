package dev.swax.runtime.kernel.group;

import static dev.swax.runtime.kernel.Values.assertClose;
import static dev.swax.runtime.kernel.Values.assertSameBits;
import static dev.swax.runtime.kernel.Values.copy;
import static dev.swax.runtime.kernel.Values.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorGroupsTest {
  private static final int[] WIDTHS = {1, 3, 7, 8, 15, 16, 17, 33, 100};

  @Test
  void eachGroupIsRepeatedInPlace() {
    Tensor x = random(4, 1);
    Tensor y = random(12, 2);
    try (var kernels = new ScalarKernels()) {
      kernels.repeat(x, y, 1, 2, 3, 2);
    }
    int[] from = {0, 1, 0, 1, 0, 1, 2, 3, 2, 3, 2, 3};
    for (int i = 0; i < from.length; i++) {
      assertThat(y.get(i)).isEqualTo(x.get(from[i]));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void everySizeAgreesWithScalar(int threads) {
    try (var scalar = new ScalarKernels();
        var vector = new VectorKernels(threads)) {
      for (int width : WIDTHS) {
        for (int times : new int[] {1, 2, 7}) {
          check(scalar, vector, 37, 3, times, width);
        }
        columns(scalar, vector, 37, 3, width);
      }
    }
  }

  /** Into the columns behind the first two of each group of y, from those behind the first of x. */
  private static void columns(Kernels scalar, Kernels vector, int rows, int groups, int width) {
    Tensor x = random((long) rows * groups * (width + 1), 1);
    Tensor expected = random((long) rows * groups * (width + 5), 2);
    Tensor actual = copy(expected);
    scalar.copyColumns(x, expected, rows, groups, width + 1, 1, width + 5, 2, width);
    vector.copyColumns(x, actual, rows, groups, width + 1, 1, width + 5, 2, width);
    assertSameBits(actual, expected, expected.length());
    assertThat(expected.get(width + 6)).isNotEqualTo(expected.get(width + 7));
    assertThat(expected.get(width + 7)).isEqualTo(x.get(width + 2));
  }

  private static void check(
      Kernels scalar, Kernels vector, int rows, int groups, int times, int width) {
    long few = (long) rows * groups * width;
    Tensor x = random(few, 1);
    Tensor expected = random(few * times, 2);
    Tensor actual = copy(expected);
    scalar.repeat(x, expected, rows, groups, times, width);
    vector.repeat(x, actual, rows, groups, times, width);
    assertSameBits(actual, expected, few * times);
    Tensor sums = random(few, 3);
    Tensor found = copy(sums);
    Tensor dy = random(few * times, 4);
    scalar.sumRepeats(dy, sums, rows, groups, times, width);
    vector.sumRepeats(dy, found, rows, groups, times, width);
    assertClose(found, sums, few, Math.ulp(1f) * times * times);
  }
}
