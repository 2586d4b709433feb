package dev.swax.tornado.kernel;

import static dev.swax.tornado.kernel.KernelHarness.TASK;
import static dev.swax.tornado.kernel.KernelHarness.assertNear;
import static dev.swax.tornado.kernel.KernelHarness.random;
import static dev.swax.tornado.kernel.KernelHarness.tensor;

import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Work on groups of columns on a device, against the scalar kernels. */
class GroupKernelsTest {

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 1", "5, 2, 3, 7", "70, 4, 2, 16"})
  void repeats(int rows, int groups, int times, int width) {
    int few = rows * groups * width;
    FloatArray x = random(3 + few, 1);
    FloatArray y = random(2 + few * times, 2);
    FloatArray sums = random(1 + few, 3);
    Tensor expected = tensor(y, 2, few * times);
    Tensor expectedSums = tensor(sums, 1, few);
    try (Kernels kernels = new ScalarKernels()) {
      kernels.repeat(tensor(x, 3, few), expected, rows, groups, times, width);
      kernels.sumRepeats(expected, expectedSums, rows, groups, times, width);
    }
    KernelHarness.run(
        GroupKernels.grid(rows + 3, groups * times * width),
        graph ->
            graph.task(
                TASK,
                GroupKernels::repeat,
                new KernelContext(),
                x,
                3,
                y,
                2,
                rows,
                groups,
                times,
                width),
        x,
        y);
    assertNear(y, 2, expected, 0);
    KernelHarness.run(
        GroupKernels.grid(rows + 3, groups * width),
        graph ->
            graph.task(
                TASK,
                GroupKernels::sumRepeats,
                new KernelContext(),
                y,
                2,
                sums,
                1,
                rows,
                groups,
                times,
                width),
        y,
        sums);
    assertNear(sums, 1, expectedSums, Math.ulp(1f) * times * times);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "5, 2, 7", "70, 4, 16"})
  void columnsOfGroups(int rows, int groups, int columns) {
    FloatArray x = random(3 + rows * groups * (columns + 1), 1);
    FloatArray y = random(2 + rows * groups * (columns + 4), 2);
    Tensor expected = tensor(y, 2, rows * groups * (columns + 4));
    try (Kernels kernels = new ScalarKernels()) {
      Tensor from = tensor(x, 3, rows * groups * (columns + 1));
      kernels.copyColumns(from, expected, rows, groups, columns + 1, 1, columns + 4, 2, columns);
    }
    KernelHarness.run(
        GroupKernels.grid(rows + 3, groups * columns),
        graph ->
            graph.task(
                TASK,
                GroupKernels::copyColumns,
                new KernelContext(),
                x,
                3,
                y,
                2,
                rows,
                groups,
                columns + 1,
                1,
                columns + 4,
                2,
                columns),
        x,
        y);
    assertNear(y, 2, expected, 0);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 1", "5, 2, 3, 7", "70, 4, 16, 8"})
  void productsSideBySide(int rows, int blocks, int m, int n) {
    FloatArray x = random(1 + rows * blocks * m, 1);
    FloatArray w = random(2 + blocks * m * n, 2);
    FloatArray y = random(3 + rows * blocks * n, 3);
    FloatArray dx = random(rows * blocks * m, 4);
    FloatArray dw = random(blocks * m * n, 5);
    Tensor plainX = tensor(x, 1, rows * blocks * m);
    Tensor plainW = tensor(w, 2, blocks * m * n);
    Tensor plainY = tensor(y, 3, rows * blocks * n);
    Tensor plainDx = tensor(dx, 0, rows * blocks * m);
    Tensor plainDw = tensor(dw, 0, blocks * m * n);
    try (Kernels kernels = new ScalarKernels()) {
      kernels.blockMatmul(plainX, plainW, plainY, rows, m, n, blocks);
      kernels.blockMatmulTransposedRight(plainY, plainW, plainDx, rows, n, m, blocks);
      kernels.blockMatmulTransposedLeft(plainX, plainY, plainDw, m, rows, n, blocks);
    }
    KernelHarness.run(
        GroupKernels.grid(rows + 1, blocks * n),
        graph ->
            graph.task(
                TASK,
                GroupKernels::plain,
                new KernelContext(),
                x,
                1,
                w,
                2,
                y,
                3,
                rows,
                blocks,
                m,
                n),
        x,
        w,
        y);
    assertNear(y, 3, plainY, tolerance(m));
    KernelHarness.run(
        GroupKernels.grid(rows, blocks * m),
        graph ->
            graph.task(
                TASK,
                GroupKernels::transposedRight,
                new KernelContext(),
                y,
                3,
                w,
                2,
                dx,
                0,
                rows,
                blocks,
                m,
                n),
        y,
        w,
        dx);
    assertNear(dx, 0, plainDx, tolerance(m + n) * m);
    KernelHarness.run(
        GroupKernels.grid(blocks * m, n),
        graph ->
            graph.task(
                TASK,
                GroupKernels::transposedLeft,
                new KernelContext(),
                x,
                1,
                y,
                3,
                dw,
                0,
                rows,
                blocks,
                m,
                n),
        x,
        y,
        dw);
    assertNear(dw, 0, plainDw, tolerance(m + rows) * m);
  }

  /** A rounding for each term of a sum of so many terms below 1. */
  private static double tolerance(int terms) {
    return 0x1p-23 * terms * Math.sqrt(terms);
  }
}
