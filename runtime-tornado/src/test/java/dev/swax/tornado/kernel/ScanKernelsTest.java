package dev.swax.tornado.kernel;

import static dev.swax.tornado.kernel.KernelHarness.TASK;
import static dev.swax.tornado.kernel.KernelHarness.assertNear;
import static dev.swax.tornado.kernel.KernelHarness.filled;
import static dev.swax.tornado.kernel.KernelHarness.random;
import static dev.swax.tornado.kernel.KernelHarness.tensor;

import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.scan.ScanShape;
import dev.swax.runtime.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Scans on a device against the scalar kernels, documents included. */
class ScanKernelsTest {
  /** A rounding for each token that a value remembers, at most {@code time}. */
  private static final double ROUNDING = 0x1p-24;

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, 9, 5", "3, 40, 64", "1, 70, 130"})
  void agreesWithTheScalarKernels(int batch, int time, int columns) {
    int rows = batch * time;
    int size = rows * columns;
    FloatArray decay = random(3 + size, 1);
    FloatArray input = random(size, 2);
    FloatArray dy = random(size, 3);
    FloatArray h = filled(2 + size, 9);
    FloatArray dDecay = filled(size, 9);
    FloatArray dInput = filled(1 + size, 9);
    var firstKeys = new IntArray(rows);
    boolean[] resets = new boolean[rows];
    for (int row = 0; row < rows; row++) {
      int t = row % time;
      resets[row] = t > 0 && t % 7 == 0;
      firstKeys.set(row, t / 7 * 7);
    }

    KernelHarness.run(
        ScanKernels.grid(batch, columns),
        graph ->
            graph.task(
                TASK,
                ScanKernels::forward,
                new KernelContext(),
                decay,
                3,
                input,
                0,
                h,
                2,
                firstKeys,
                rows,
                time,
                columns),
        decay,
        input,
        h,
        firstKeys);
    KernelHarness.run(
        ScanKernels.grid(batch, columns),
        graph ->
            graph.task(
                TASK,
                ScanKernels::backward,
                new KernelContext(),
                decay,
                3,
                h,
                2,
                dy,
                0,
                dDecay,
                0,
                dInput,
                1,
                1,
                firstKeys,
                rows,
                time,
                columns),
        decay,
        h,
        dy,
        dDecay,
        dInput,
        firstKeys);

    Tensor expectedH = tensor(h, 2, size);
    Tensor expectedDecay = tensor(dDecay, 0, size);
    Tensor expectedInput = tensor(dInput, 1, size);
    var forward =
        new RecurrenceCall(
            new ScanShape(1, columns),
            List.of(tensor(decay, 3, size), tensor(input, 0, size)),
            List.of(expectedH),
            List.of(),
            batch,
            time,
            resets);
    try (Kernels scalar = new ScalarKernels()) {
      scalar.recurrence(forward);
      scalar.recurrenceGradient(
          new RecurrenceGradientCall(
              forward, tensor(dy, 0, size), List.of(expectedDecay, expectedInput), List.of()));
    }
    assertNear(h, 2, expectedH, ROUNDING * 4 * time);
    assertNear(dDecay, 0, expectedDecay, ROUNDING * 16 * time);
    assertNear(dInput, 1, expectedInput, ROUNDING * 4 * time);
  }
}
