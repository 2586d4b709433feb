package dev.swax.tornado.kernel;

import static dev.swax.tornado.kernel.KernelHarness.TASK;
import static dev.swax.tornado.kernel.KernelHarness.assertNear;
import static dev.swax.tornado.kernel.KernelHarness.filled;
import static dev.swax.tornado.kernel.KernelHarness.random;
import static dev.swax.tornado.kernel.KernelHarness.tensor;

import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.conv.ConvShape;
import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Convolutions on a device against the scalar kernels, documents included. */
class ConvKernelsTest {
  /** Of each of {@code width} products, or of all rows. */
  private static final double ROUNDING = 4 * 0x1p-24;

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 1", "2, 9, 4, 5", "3, 90, 3, 64", "1, 300, 9, 30"})
  void agreesWithTheScalarKernels(int batch, int time, int width, int columns) {
    int rows = batch * time;
    int size = rows * columns;
    int weights = width * columns;
    int parts = ConvKernels.parts(rows);
    var input = random(3 + size, 1);
    var weight = random(1 + weights, 2);
    var dy = random(size, 3);
    var y = filled(2 + size, 9);
    var dInput = filled(1 + size, 9);
    var partial = filled(parts * weights, 9);
    var dWeight = filled(1 + weights, 2);
    var firstKeys = new IntArray(rows);
    boolean[] resets = new boolean[rows];
    for (int row = 0; row < rows; row++) {
      int t = row % time;
      resets[row] = t > 0 && t % 7 == 0;
      firstKeys.set(row, t / 7 * 7);
    }

    KernelHarness.run(
        ConvKernels.grid(rows, columns),
        graph ->
            graph.task(
                TASK,
                ConvKernels::forward,
                new KernelContext(),
                input,
                3,
                weight,
                1,
                y,
                2,
                firstKeys,
                rows,
                time,
                width,
                columns),
        input,
        weight,
        y,
        firstKeys);
    KernelHarness.run(
        ConvKernels.grid(rows, columns),
        graph ->
            graph.task(
                TASK,
                ConvKernels::inputs,
                new KernelContext(),
                weight,
                1,
                dy,
                0,
                dInput,
                1,
                firstKeys,
                rows,
                time,
                width,
                columns),
        weight,
        dy,
        dInput,
        firstKeys);
    KernelHarness.run(
        ConvKernels.weightGrid(rows, width, columns),
        graph ->
            graph.task(
                TASK,
                ConvKernels::weights,
                new KernelContext(),
                input,
                3,
                dy,
                0,
                partial,
                0,
                firstKeys,
                rows,
                time,
                width,
                columns),
        input,
        dy,
        partial,
        firstKeys);
    Tensor expectedY = tensor(y, 2, size);
    Tensor expectedInput = tensor(dInput, 1, size);
    Tensor expectedWeight = tensor(dWeight, 1, weights);
    KernelHarness.run(
        RowKernels.grid(weights),
        graph ->
            graph.task(
                TASK,
                RowKernels::addParts,
                new KernelContext(),
                partial,
                0,
                parts,
                weights,
                dWeight,
                1,
                1),
        partial,
        dWeight);

    var forward =
        new RecurrenceCall(
            new ConvShape(columns, width),
            List.of(tensor(input, 3, size), tensor(weight, 1, weights)),
            List.of(expectedY),
            List.of(),
            batch,
            time,
            resets);
    try (Kernels scalar = new ScalarKernels()) {
      scalar.recurrence(forward);
      scalar.recurrenceGradient(
          new RecurrenceGradientCall(
              forward, tensor(dy, 0, size), List.of(expectedInput, expectedWeight), List.of()));
    }
    assertNear(y, 2, expectedY, ROUNDING * width);
    assertNear(dInput, 1, expectedInput, ROUNDING * width);
    assertNear(dWeight, 1, expectedWeight, ROUNDING * rows);
  }
}
