package dev.swax.tornado.kernel;

import static dev.swax.tornado.kernel.KernelHarness.TASK;
import static dev.swax.tornado.kernel.KernelHarness.assertNear;
import static dev.swax.tornado.kernel.KernelHarness.filled;
import static dev.swax.tornado.kernel.KernelHarness.random;
import static dev.swax.tornado.kernel.KernelHarness.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.optimizer.AdamWStep;
import dev.swax.runtime.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Sums of squares, AdamW, clearing and sums of parts against the scalar kernels. */
class OptimizerKernelsTest {
  private final ScalarKernels scalar = new ScalarKernels(1);

  private static double sumOfSquares(FloatArray x, int from, int to) {
    int groups = OptimizerKernels.groups(to - from);
    FloatArray partials = filled(groups + 2, Float.NaN);
    KernelHarness.run(
        OptimizerKernels.grid(to - from),
        graph ->
            graph.task(
                TASK,
                OptimizerKernels::sumOfSquares,
                new KernelContext(),
                x,
                from,
                to,
                partials,
                2),
        x,
        partials);
    double sum = 0;
    for (int group = 0; group < groups; group++) {
      sum += partials.get(2 + group);
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 257, 5000})
  void squaresAreSummed(int size) {
    FloatArray x = random(size + 4, size);
    double expected = size == 0 ? 0 : scalar.sumOfSquares(tensor(x, 3, size));
    // A square, one sum a thread and eight halvings.
    assertThat(sumOfSquares(x, 3, 3 + size)).isCloseTo(expected, within(10 * 0x1p-24 * expected));
  }

  @Test
  void whatIsNotFiniteShows() {
    FloatArray x = random(600, 1);
    x.set(400, Float.NaN);
    assertThat(sumOfSquares(x, 0, 600)).isNaN();
    x.set(400, Float.POSITIVE_INFINITY);
    assertThat(sumOfSquares(x, 0, 600)).isInfinite();
  }

  @ParameterizedTest
  @CsvSource({"1,0", "1,0.1", "7,0.1", "1000,0.01"})
  void stepsAreThoseOfAdamW(int step, float decay) {
    int size = 300;
    int from = 5;
    FloatArray weights = random(size + 9, 1);
    FloatArray gradients = random(size + 9, 2);
    FloatArray first = random(size + 9, 3);
    FloatArray second = random(size + 9, 4);
    for (int i = 0; i < second.getSize(); i++) {
      second.set(i, second.get(i) * second.get(i));
    }
    Tensor expectedWeights = tensor(weights, 0, size + 9);
    Tensor expectedFirst = tensor(first, 0, size + 9);
    Tensor expectedSecond = tensor(second, 0, size + 9);
    var rule = new AdamWStep(0.01, 0.9, 0.999, 1e-8, decay, 0.5, step);
    scalar.adamw(
        expectedWeights.slice(from, size),
        tensor(gradients, from, size),
        expectedFirst.slice(from, size),
        expectedSecond.slice(from, size),
        rule);
    FloatArray settings = filled(OptimizerKernels.SETTINGS + 1, Float.NaN);
    OptimizerKernels.set(settings, 1, rule);
    IntArray range = IntArray.fromElements(-1, from, from + size);
    KernelHarness.run(
        OptimizerKernels.grid(size),
        graph ->
            graph.task(
                TASK,
                OptimizerKernels::adamw,
                new KernelContext(),
                weights,
                gradients,
                first,
                second,
                range,
                1,
                settings,
                1),
        weights,
        gradients,
        first,
        second,
        range,
        settings);
    // Values up to 1, a few roundings each; a step of the weights is up to 10 times the rate.
    assertNear(first, 0, expectedFirst, 4 * 0x1p-24);
    assertNear(second, 0, expectedSecond, 4 * 0x1p-24);
    assertNear(weights, 0, expectedWeights, 4 * 0x1p-24 + 8 * 0x1p-24 * largestStep(weights, 2));
  }

  /** Weights began within 1, so what is beyond is the step's. */
  private static double largestStep(FloatArray weights, double least) {
    double largest = least;
    for (int i = 0; i < weights.getSize(); i++) {
      largest = Math.max(largest, Math.abs(weights.get(i)) + 1);
    }
    return largest;
  }

  @ParameterizedTest
  @CsvSource({"0,0", "3,3", "3,700"})
  void rangesAreCleared(int from, int to) {
    FloatArray x = filled(701, 5);
    KernelHarness.run(
        OptimizerKernels.grid(300),
        graph -> graph.task(TASK, OptimizerKernels::clear, new KernelContext(), x, from, to),
        x);
    for (int i = 0; i < x.getSize(); i++) {
      assertThat(x.get(i)).isEqualTo(i >= from && i < to ? 0 : 5);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,5", "7,300", "0,5"})
  void partsAreAdded(int parts, int columns) {
    FloatArray partial = random(2 + parts * columns, 1);
    for (int accumulate = 0; accumulate <= 1; accumulate++) {
      int add = accumulate;
      FloatArray out = random(3 + columns, 2);
      Tensor expected = tensor(out, 0, out.getSize());
      if (parts > 0) {
        if (add == 0) {
          expected.slice(3, columns).clear();
        }
        scalar.addParts(
            tensor(partial, 2, parts * columns), parts, columns, expected.slice(3, columns));
      }
      KernelHarness.run(
          Map.of(TASK, RowKernels.grid(columns)),
          graph ->
              graph.task(
                  TASK,
                  RowKernels::addParts,
                  new KernelContext(),
                  partial,
                  2,
                  parts,
                  columns,
                  out,
                  3,
                  add),
          partial,
          out);
      assertNear(out, 0, expected, 0);
    }
  }
}
