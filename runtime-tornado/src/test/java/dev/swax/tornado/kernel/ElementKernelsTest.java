package dev.swax.tornado.kernel;

import static dev.swax.tornado.kernel.KernelHarness.TASK;
import static dev.swax.tornado.kernel.KernelHarness.assertNear;
import static dev.swax.tornado.kernel.KernelHarness.filled;
import static dev.swax.tornado.kernel.KernelHarness.random;
import static dev.swax.tornado.kernel.KernelHarness.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.rope.RopeScaling;
import dev.swax.runtime.kernel.rope.Rotation;
import dev.swax.runtime.kernel.tile.ErrorFunction;
import dev.swax.runtime.tensor.Tensor;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Rotary positions, and functions of single values. */
class ElementKernelsTest {
  private static final int VALUES = 448;

  private final ScalarKernels scalar = new ScalarKernels(1);

  @ParameterizedTest
  @CsvSource({"2,9,3,8", "1,1,1,2", "3,5,2,64", "0,7,2,4"})
  void rotationsAreThoseOfThePositions(int batch, int time, int heads, int headWidth) {
    int size = batch * time * heads * headWidth;
    FloatArray x = random(3 + size, 1);
    FloatArray table = filled(2 + RopeKernels.tableSize(time, headWidth), Float.NaN);
    RopeKernels.fillTable(table, 2, time, Rotation.plain(headWidth, 10_000));
    for (int inverse = 0; inverse <= 1; inverse++) {
      int back = inverse;
      FloatArray y = filled(4 + 2 * size, 9);
      Tensor expected = tensor(y, 0, y.getSize());
      if (size > 0) {
        scalar.rope(
            tensor(x, 3, size),
            expected.slice(4, size),
            batch,
            time,
            heads,
            Rotation.plain(headWidth, 10_000),
            0,
            back == 1);
      }
      KernelHarness.run(
          RopeKernels.grid(2 * batch * time, heads, headWidth),
          graph ->
              graph.task(
                  TASK,
                  RopeKernels::rotatePairs,
                  new KernelContext(),
                  x,
                  3,
                  y,
                  4,
                  table,
                  2,
                  batch * time,
                  time,
                  heads,
                  headWidth,
                  back),
          x,
          y,
          table);
      assertNear(y, 0, expected, 4 * 0x1p-24);
    }
  }

  @ParameterizedTest
  @CsvSource({"2,9,3,8,4", "1,1,1,3,2", "3,5,2,64,16", "0,7,2,4,2", "2,5,3,6,6", "1,4,2,5,0"})
  void sharesOfHeadsTurn(int batch, int time, int heads, int headWidth, int columns) {
    for (Rotation.Pairs pairs : Rotation.Pairs.values()) {
      var scaling = new RopeScaling.Yarn(4, 20, 4, 1, true, 1.2);
      share(batch, time, heads, new Rotation(headWidth, columns, 100, pairs, scaling));
    }
  }

  private void share(int batch, int time, int heads, Rotation rotation) {
    int headWidth = rotation.headWidth();
    int half = rotation.pairs() == Rotation.Pairs.HALF ? 1 : 0;
    int size = batch * time * heads * headWidth;
    FloatArray x = random(3 + size, 1);
    FloatArray table = filled(2 + RopeKernels.tableSize(time, headWidth), Float.NaN);
    RopeKernels.fillTable(table, 2, time, rotation);
    for (int inverse = 0; inverse <= 1; inverse++) {
      int back = inverse;
      FloatArray y = filled(4 + 2 * size, 9);
      Tensor expected = tensor(y, 0, y.getSize());
      if (size > 0) {
        scalar.rope(
            tensor(x, 3, size),
            expected.slice(4, size),
            batch,
            time,
            heads,
            rotation,
            0,
            back == 1);
      }
      KernelHarness.run(
          RopeKernels.shareGrid(2 * batch * time, heads, headWidth, rotation.columns()),
          graph ->
              graph.task(
                  TASK,
                  RopeKernels::rotateShare,
                  new KernelContext(),
                  x,
                  3,
                  y,
                  4,
                  table,
                  2,
                  batch * time,
                  time,
                  heads,
                  headWidth,
                  rotation.columns(),
                  half,
                  back),
          x,
          y,
          table);
      assertNear(y, 0, expected, 4 * 0x1p-24);
    }
  }

  /** Writes every function of DeviceMath of {@code x[i]} to {@code y[function, i]}. */
  public static void functions(KernelContext context, FloatArray x, FloatArray y) {
    int i = context.globalIdx;
    float value = x.get(i);
    y.set(i, DeviceMath.sigmoid(value));
    y.set(VALUES + i, DeviceMath.silu(value));
    y.set(2 * VALUES + i, DeviceMath.gelu(value));
    y.set(3 * VALUES + i, DeviceMath.softplus(value));
    y.set(4 * VALUES + i, DeviceMath.logSigmoid(value));
    y.set(5 * VALUES + i, DeviceMath.expMinusOne(value));
    y.set(6 * VALUES + i, DeviceMath.errorFunction(value));
  }

  @Test
  void functionsAreExactToAFewRoundings() {
    var x = new FloatArray(VALUES);
    for (int i = 0; i < VALUES; i++) {
      x.set(i, (i - VALUES / 2) * (i % 2 == 0 ? 0.37f : 0.01f));
    }
    FloatArray y = filled(7 * VALUES, Float.NaN);
    var grid = new WorkerGrid1D(VALUES);
    grid.setLocalWork(64, 1, 1);
    KernelHarness.run(
        grid,
        graph -> graph.task(TASK, ElementKernelsTest::functions, new KernelContext(), x, y),
        x,
        y);
    check(x, y, 0, ElementKernelsTest::sigmoid, 0);
    check(x, y, 1, value -> value * sigmoid(value), 0);
    // One plus a tanh near -1 cancels.
    check(x, y, 2, ElementKernelsTest::gelu, 100 * 0x1p-24);
    check(x, y, 3, ElementKernelsTest::softplus, 0);
    check(x, y, 4, value -> -softplus(-value), 0);
    check(x, y, 5, Math::expm1, 0);
    check(x, y, 6, ErrorFunction::of, 0);
  }

  private static void check(
      FloatArray x, FloatArray y, int function, DoubleUnaryOperator expected, double absolute) {
    for (int i = 0; i < VALUES; i++) {
      double value = expected.applyAsDouble(x.get(i));
      assertThat((double) y.get(function * VALUES + i))
          .as("function %d of %s", function, x.get(i))
          .isCloseTo(value, within(8 * 0x1p-24 * Math.abs(value) + absolute + Float.MIN_NORMAL));
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double gelu(double x) {
    return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
