package dev.swax.runtime.kernel.optimizer;

import static dev.swax.runtime.kernel.Values.assertClose;
import static dev.swax.runtime.kernel.Values.assertSameBits;
import static dev.swax.runtime.kernel.Values.copy;
import static dev.swax.runtime.kernel.Values.random;
import static dev.swax.runtime.kernel.Values.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.tensor.Tensor;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorOptimizerTest {
  private final Kernels scalar = new ScalarKernels();
  private final Kernels vector = new VectorKernels(2);

  @AfterEach
  void close() {
    scalar.close();
    vector.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 8, 15, 16, 17, 33, 100, 257, 1024, 5000})
  void partsAreAddedInOrder(int columns) {
    Tensor partial = random(13L * columns, 1);
    Tensor expected = random(columns, 2);
    Tensor actual = copy(expected);
    scalar.addParts(partial, 13, columns, expected);
    vector.addParts(partial, 13, columns, actual);
    assertSameBits(actual, expected, columns);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 7, 8, 15, 16, 17, 33, 100, 257, 1024, 100_003})
  void sumOfSquaresAgreesWithScalar(int length) {
    Tensor x = random(length, 1).slice(0, length);
    double expected = scalar.sumOfSquares(x);
    assertThat(vector.sumOfSquares(x)).isCloseTo(expected, within(1e-15 * length * (1 + expected)));
    for (int threads : new int[] {1, 3, 5}) {
      try (var other = new VectorKernels(threads)) {
        assertThat(other.sumOfSquares(x)).isEqualTo(vector.sumOfSquares(x));
      }
    }
  }

  @Test
  void sumOfSquaresShowsWhatIsNotFinite() {
    for (Kernels kernels : new Kernels[] {scalar, vector}) {
      Tensor x = random(1000, 1);
      x.set(3, 1e30f);
      assertThat(kernels.sumOfSquares(x)).isCloseTo(1e60, Percentage.withPercentage(1e-4));
      x.set(700, Float.NEGATIVE_INFINITY);
      assertThat(kernels.sumOfSquares(x)).isInfinite();
      x.set(999, Float.NaN);
      assertThat(kernels.sumOfSquares(x)).isNaN();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 8, 15, 16, 17, 33, 100, 257, 1024, 70_000})
  void adamwAgreesWithScalar(int length) {
    Tensor[] expected = {random(length, 1), zeros(length), zeros(length)};
    Tensor[] actual = {copy(expected[0]), zeros(length), zeros(length)};
    for (int step = 1; step <= 10; step++) {
      Tensor gradient = random(length, 100 + step);
      adamw(scalar, expected, gradient, step);
      adamw(vector, actual, gradient, step);
    }
    // Ten updates of at most 0.01, each off by some roundings, and ten roundings of the weight.
    assertClose(actual[0], expected[0], length, 10 * Math.ulp(1f));
    assertClose(actual[1], expected[1], length, 10 * Math.ulp(1f));
    assertClose(actual[2], expected[2], length, 10 * Math.ulp(1f));
  }

  private static void adamw(Kernels kernels, Tensor[] state, Tensor gradient, long step) {
    kernels.adamw(
        state[0],
        gradient,
        state[1],
        state[2],
        new AdamWStep(0.01, 0.9, 0.95, 1e-8, 0.1, 0.5, step));
  }

  @Test
  void theFirstStepMovesByTheRateAgainstTheGradient() {
    for (Kernels kernels : new Kernels[] {scalar, vector}) {
      Tensor weight = zeros(20);
      Tensor gradient = zeros(20);
      for (int i = 0; i < 20; i++) {
        weight.set(i, 1);
        gradient.set(i, i % 2 == 0 ? 3 : -0.25f);
      }
      kernels.adamw(
          weight, gradient, zeros(20), zeros(20), new AdamWStep(0.01, 0.9, 0.95, 1e-12, 0.5, 1, 1));
      assertThat(weight.get(0)).isCloseTo(1 - 0.01f - 0.005f, within(1e-6f));
      assertThat(weight.get(19)).isCloseTo(1 + 0.01f - 0.005f, within(1e-6f));
    }
  }

  @Test
  void aSmallDecayIsNotLostInRounding() {
    Tensor[] state = {zeros(1000), zeros(1000), zeros(1000)};
    for (int i = 0; i < 1000; i++) {
      state[0].set(i, 1.5f);
    }
    Tensor gradient = zeros(1000);
    for (int step = 1; step <= 1000; step++) {
      vector.adamw(
          state[0],
          gradient,
          state[1],
          state[2],
          new AdamWStep(5e-6, 0.9, 0.95, 1e-8, 0.1, 1, step));
    }
    // 1.5 (1 - 5e-7)^1000; a change of 7.5e-7 is six units in the last place of 1.5.
    assertThat(state[0].get(0)).isCloseTo(1.49925f, within(1000 * Math.ulp(1.5f) / 2));
  }
}
