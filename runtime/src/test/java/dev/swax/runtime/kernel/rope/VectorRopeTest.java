package dev.swax.runtime.kernel.rope;

import static dev.swax.runtime.kernel.Values.assertClose;
import static dev.swax.runtime.kernel.Values.assertSameBits;
import static dev.swax.runtime.kernel.Values.random;
import static dev.swax.runtime.kernel.Values.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.Values;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.tensor.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorRopeTest {
  // A cosine and a sine rounded once, two products and a sum of values below 2.
  private static final double TOLERANCE = 4 * Math.ulp(1f);

  private static final RopeScaling[] SCALINGS = {
    new RopeScaling.None(),
    new RopeScaling.Linear(8),
    new RopeScaling.Llama3(8, 1, 4, 100),
    new RopeScaling.Yarn(4, 100, 8, 1, true, 1.14)
  };

  private final Kernels scalar = new ScalarKernels();
  private final Kernels vector = new VectorKernels(2);

  @AfterEach
  void close() {
    scalar.close();
    vector.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6, 8, 14, 16, 18, 32, 34, 64, 100, 128})
  void everyWidthAgreesWithScalar(int width) {
    Tensor x = random(2L * 9 * 3 * width, 1);
    Tensor expected = zeros(x.length());
    Tensor actual = zeros(x.length());
    for (long first : new long[] {0, 5, 131_000, 1_000_003}) {
      for (boolean inverse : new boolean[] {false, true}) {
        scalar.rope(x, expected, 2, 9, 3, Rotation.plain(width, 10_000), first, inverse);
        vector.rope(x, actual, 2, 9, 3, Rotation.plain(width, 10_000), first, inverse);
        assertClose(actual, expected, x.length(), TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 6, 16, 18, 32, 66, 128})
  void everyRotationAgreesWithScalar(int width) {
    Tensor x = random(2L * 9 * 3 * width, 1);
    Tensor expected = zeros(x.length());
    Tensor actual = zeros(x.length());
    for (int columns : new int[] {0, 2, width / 4 * 2, width}) {
      for (Rotation.Pairs pairs : Rotation.Pairs.values()) {
        for (RopeScaling scaling : SCALINGS) {
          var rotation = new Rotation(width, columns, 1000, pairs, scaling);
          for (boolean inverse : new boolean[] {false, true}) {
            scalar.rope(x, expected, 2, 9, 3, rotation, 131_000, inverse);
            vector.rope(x, actual, 2, 9, 3, rotation, 131_000, inverse);
            assertClose(actual, expected, x.length(), 2 * TOLERANCE);
            Tensor inPlace = Values.copy(x);
            vector.rope(inPlace, inPlace, 2, 9, 3, rotation, 131_000, inverse);
            assertSameBits(inPlace, actual, x.length());
          }
        }
      }
    }
  }

  @Test
  void aSegmentHasTheBitsOfTheWholeText() {
    int width = 32;
    Tensor x = random(300L * width, 1);
    Tensor whole = zeros(x.length());
    Tensor pieces = zeros(x.length());
    vector.rope(x, whole, 1, 300, 1, Rotation.plain(width, 10_000), 0, false);
    try (var other = new VectorKernels(1)) {
      for (int t = 0; t < 300; t += 7) {
        int time = Math.min(7, 300 - t);
        Tensor from = x.slice((long) t * width, (long) time * width);
        Tensor to = pieces.slice((long) t * width, (long) time * width);
        other.rope(from, to, 1, time, 1, Rotation.plain(width, 10_000), t, false);
      }
    }
    assertSameBits(pieces, whole, x.length());
  }

  @Test
  void twoBasesDoNotDisturbEachOther() {
    Tensor x = random(10L * 8, 1);
    Tensor expected = zeros(x.length());
    Tensor actual = zeros(x.length());
    for (double theta : new double[] {10_000, 1_000_000, 10_000}) {
      scalar.rope(x, expected, 1, 10, 1, Rotation.plain(8, theta), 3, false);
      vector.rope(x, actual, 1, 10, 1, Rotation.plain(8, theta), 3, false);
      assertClose(actual, expected, x.length(), TOLERANCE);
    }
  }

  @Test
  void inverseUndoesTheRotationInPlace() {
    Tensor x = random(2L * 50 * 48, 1);
    Tensor y = Values.copy(x);
    vector.rope(y, y, 2, 50, 3, Rotation.plain(16, 500), 12, false);
    assertThat(y.get(100)).isNotEqualTo(x.get(100));
    vector.rope(y, y, 2, 50, 3, Rotation.plain(16, 500), 12, true);
    assertClose(y, x, x.length(), TOLERANCE);
  }

  @Test
  void pairsTurnByPositionTimesFrequency() {
    Tensor x = zeros(4);
    x.set(0, 1);
    x.set(2, 1);
    for (Kernels kernels : new Kernels[] {scalar, vector}) {
      Tensor y = zeros(4);
      kernels.rope(x, y, 1, 1, 1, Rotation.plain(4, 100), 3, false);
      assertThat((double) y.get(0)).isCloseTo(Math.cos(3), within(TOLERANCE));
      assertThat((double) y.get(1)).isCloseTo(Math.sin(3), within(TOLERANCE));
      assertThat((double) y.get(2)).isCloseTo(Math.cos(0.3), within(TOLERANCE));
      assertThat((double) y.get(3)).isCloseTo(Math.sin(0.3), within(TOLERANCE));
    }
  }
}
