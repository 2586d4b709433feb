package dev.swax.tornado.kernel;

import static dev.swax.tornado.kernel.KernelHarness.TASK;
import static dev.swax.tornado.kernel.KernelHarness.assertNear;
import static dev.swax.tornado.kernel.KernelHarness.filled;
import static dev.swax.tornado.kernel.KernelHarness.random;
import static dev.swax.tornado.kernel.KernelHarness.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Products against the scalar ones, at sizes that fill tiles and that do not. */
class MatmulKernelsTest {
  private static final int A_AT = 3;
  private static final int B_AT = 5;
  private static final int C_AT = 7;

  private final ScalarKernels scalar = new ScalarKernels(1);

  /** The bound for sums of k products of values up to 1, one more when there was a sum before. */
  private static double tolerance(int k) {
    return (k + 2) * (k + 1) * 0x1p-24;
  }

  private static FloatArray operand(int at, int size, long seed) {
    return random(at + size + 1, seed);
  }

  private interface Reference {
    void multiply(Tensor a, Tensor b, Tensor c, int m, int k, int n, boolean accumulate);
  }

  private interface Device {
    void multiply(FloatArray a, FloatArray b, FloatArray c);
  }

  private static void check(
      Device device, Reference reference, int m, int k, int n, int accumulate) {
    FloatArray a = operand(A_AT, m * k, 1);
    FloatArray b = operand(B_AT, k * n, 2);
    FloatArray c = operand(C_AT, m * n, 3);
    Tensor expected = tensor(c, 0, c.getSize());
    reference.multiply(
        tensor(a, A_AT, m * k),
        tensor(b, B_AT, k * n),
        expected.slice(C_AT, (long) m * n),
        m,
        k,
        n,
        accumulate == 1);
    device.multiply(a, b, c);
    assertNear(c, 0, expected, tolerance(k));
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "64,16,64", "65,17,66", "5,100,3", "130,33,70", "1,40,129"})
  void equalTheScalarProducts(int m, int k, int n) {
    for (int accumulate = 0; accumulate <= 1; accumulate++) {
      int add = accumulate;
      check(
          (a, b, c) ->
              KernelHarness.run(
                  MatmulKernels.grid(m, n),
                  graph ->
                      graph.task(
                          TASK,
                          MatmulKernels::plain,
                          new KernelContext(),
                          a,
                          A_AT,
                          b,
                          B_AT,
                          c,
                          C_AT,
                          m,
                          k,
                          n,
                          add),
                  a,
                  b,
                  c),
          scalar::matmul,
          m,
          k,
          n,
          add);
      check(
          (a, b, c) ->
              KernelHarness.run(
                  MatmulKernels.grid(m, n),
                  graph ->
                      graph.task(
                          TASK,
                          MatmulKernels::transposedRight,
                          new KernelContext(),
                          a,
                          A_AT,
                          b,
                          B_AT,
                          c,
                          C_AT,
                          m,
                          k,
                          n,
                          add),
                  a,
                  b,
                  c),
          scalar::matmulTransposedRight,
          m,
          k,
          n,
          add);
      check(
          (a, b, c) -> transposedLeft(a, b, c, m, k, n, add),
          scalar::matmulTransposedLeft,
          m,
          k,
          n,
          add);
    }
  }

  private static void transposedLeft(
      FloatArray a, FloatArray b, FloatArray c, int m, int k, int n, int accumulate) {
    KernelHarness.run(
        MatmulKernels.grid(m, n),
        graph ->
            graph.task(
                TASK,
                MatmulKernels::transposedLeft,
                new KernelContext(),
                a,
                A_AT,
                b,
                B_AT,
                c,
                C_AT,
                m,
                k,
                n,
                accumulate),
        a,
        b,
        c);
  }

  @ParameterizedTest
  @CsvSource({"5,100,3,4", "70,33,65,3", "3,15,4,2", "64,64,64,4"})
  void partsOfTheDepthAddUp(int m, int k, int n, int parts) {
    for (int accumulate = 0; accumulate <= 1; accumulate++) {
      int add = accumulate;
      check(
          (a, b, c) -> inParts(a, b, c, m, k, n, parts, add),
          scalar::matmulTransposedLeft,
          m,
          k,
          n,
          add);
    }
  }

  private static void inParts(
      FloatArray a, FloatArray b, FloatArray c, int m, int k, int n, int parts, int accumulate) {
    FloatArray partial = filled(parts * m * n + 2, Float.NaN);
    KernelHarness.run(
        Map.of("parts", MatmulKernels.grid(m, n, parts), "sum", RowKernels.grid(m * n)),
        graph ->
            graph
                .task(
                    "parts",
                    MatmulKernels::transposedLeftParts,
                    new KernelContext(),
                    a,
                    A_AT,
                    b,
                    B_AT,
                    partial,
                    2,
                    m,
                    k,
                    n,
                    parts)
                .task(
                    "sum",
                    RowKernels::addParts,
                    new KernelContext(),
                    partial,
                    2,
                    parts,
                    m * n,
                    c,
                    C_AT,
                    accumulate),
        a,
        b,
        c,
        partial);
  }

  @Test
  void fewerRowsThanTheGridAndNone() {
    FloatArray a = operand(A_AT, 130 * 20, 1);
    FloatArray b = operand(B_AT, 20 * 10, 2);
    for (int rows : new int[] {70, 1, 0}) {
      FloatArray c = operand(C_AT, 130 * 10, 3);
      Tensor expected = tensor(c, 0, c.getSize());
      if (rows > 0) {
        scalar.matmul(
            tensor(a, A_AT, rows * 20),
            tensor(b, B_AT, 200),
            expected.slice(C_AT, rows * 10L),
            rows,
            20,
            10,
            false);
      }
      KernelHarness.run(
          MatmulKernels.grid(130, 10),
          graph ->
              graph.task(
                  TASK,
                  MatmulKernels::plain,
                  new KernelContext(),
                  a,
                  A_AT,
                  b,
                  B_AT,
                  c,
                  C_AT,
                  rows,
                  20,
                  10,
                  0),
          a,
          b,
          c);
      assertNear(c, 0, expected, tolerance(20));
    }
  }

  @Test
  void noDepthLeavesTheResult() {
    FloatArray a = operand(A_AT, 50, 1);
    FloatArray b = operand(B_AT, 50, 2);
    FloatArray c = operand(C_AT, 100, 3);
    Tensor before = tensor(c, 0, c.getSize());
    transposedLeft(a, b, c, 10, 0, 10, 0);
    assertNear(c, 0, before, 0);
  }

  @Test
  void smallProductsOfGreatDepthAreDivided() {
    assertThat(MatmulKernels.parts(64, 4096, 64)).isEqualTo(32);
    assertThat(MatmulKernels.parts(64, 100, 64)).isEqualTo(1);
    assertThat(MatmulKernels.parts(4096, 4096, 4096)).isEqualTo(1);
  }
}
