package dev.swax.tornado.cublas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.swax.tornado.TornadoDevices;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.BFloat16;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** Products by cuBLAS against sums in double. */
class CublasProductsTest {
  private static final int A_AT = 3;
  private static final int B_AT = 5;
  private static final int C_AT = 7;

  /** Word of control that holds m. */
  private static final int ROWS = 1;

  /** On CUDA and on the simulator only. */
  @BeforeEach
  void needCublas() {
    assumeTrue(TornadoDevices.hasCublas() || TornadoDevices.isSimulated());
  }

  private enum Kind {
    PLAIN,
    RIGHT,
    LEFT;

    Product of(int m, int k, int n, int accumulate) {
      return switch (this) {
        case PLAIN -> Product.plain(A_AT, B_AT, C_AT, m, k, n, accumulate);
        case RIGHT -> Product.transposedRight(A_AT, B_AT, C_AT, m, k, n, accumulate);
        case LEFT -> Product.transposedLeft(A_AT, B_AT, C_AT, m, k, n, accumulate);
      };
    }

    int a(int i, int p, int m, int k) {
      return A_AT + (this == LEFT ? p * m + i : i * k + p);
    }

    int b(int p, int j, int k, int n) {
      return B_AT + (this == RIGHT ? j * k + p : p * n + j);
    }
  }

  private static float[] random(int size, long seed) {
    var random = new SplittableRandom(seed);
    var values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  private static IntArray control(int rows) {
    return IntArray.fromElements(0, rows);
  }

  private static void run(ProductTask task) {
    Object[] arrays = task.arrays().toArray();
    TaskGraph graph =
        new TaskGraph("test")
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, arrays)
            .libraryTask("product", ProductTask::descriptor, task)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, arrays);
    try (var plan = new TornadoExecutionPlan(graph.snapshot())) {
      plan.execute();
    } catch (TornadoExecutionPlanException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double[] expected(
      Kind kind, float[] a, float[] b, float[] c, int m, int k, int n, int accumulate) {
    var sums = new double[c.length];
    for (int i = 0; i < c.length; i++) {
      sums[i] = c[i];
    }
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = accumulate * (double) c[C_AT + i * n + j];
        for (int p = 0; p < k; p++) {
          sum += (double) a[kind.a(i, p, m, k)] * b[kind.b(p, j, k, n)];
        }
        sums[C_AT + i * n + j] = sum;
      }
    }
    return sums;
  }

  /** The largest difference. */
  private static double error(double[] expected, float[] found) {
    double most = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs(expected[i] - found[i]);
      most = difference <= most ? most : difference; // NaN becomes the most
    }
    return most;
  }

  private static double product(
      Precision precision, Kind kind, int m, int k, int n, int accumulate) {
    float[] a = random(A_AT + m * k + 1, 1);
    float[] b = random(B_AT + k * n + 1, 2);
    float[] c = random(C_AT + m * n + 1, 3);
    FloatArray found = FloatArray.fromArray(c);
    run(
        ProductTask.of(
            precision,
            control -> kind.of(control.get(ROWS), k, n, accumulate),
            control(m),
            FloatArray.fromArray(a),
            FloatArray.fromArray(b),
            found));
    return error(expected(kind, a, b, c, m, k, n, accumulate), found.toHeapArray());
  }

  /** Sums of k products of numbers up to 1, and one more. */
  @ParameterizedTest
  @CsvSource({"1,1,1", "64,16,64", "5,100,3", "33,17,70"})
  void fp32(int m, int k, int n) {
    for (Kind kind : Kind.values()) {
      for (int accumulate = 0; accumulate <= 1; accumulate++) {
        assertThat(product(Precision.FP32, kind, m, k, n, accumulate))
            .isLessThanOrEqualTo((k + 2) * (k + 1) * 0x1p-24);
      }
    }
  }

  /** Each factor is off by 2^-11 of itself at most; a sum of 100 shows that they are rounded. */
  @ParameterizedTest
  @CsvSource({"64,16,64", "5,100,3", "33,17,70"})
  void tf32(int m, int k, int n) {
    for (Kind kind : Kind.values()) {
      assertThat(product(Precision.TF32, kind, m, k, n, 1))
          .isLessThanOrEqualTo(k * 0x1.01p-10)
          .isGreaterThan((k + 2) * (k + 1) * 0x1p-24);
    }
  }

  @Test
  void matricesOfOneArray() {
    int size = 9;
    float[] all = random(3 * size * size, 4);
    FloatArray found = FloatArray.fromArray(all);
    run(
        ProductTask.of(
            Precision.FP32,
            _ -> Product.plain(2 * size * size, size * size, 0, size, size, size, 0),
            control(size),
            found,
            found,
            found));
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        double sum = 0;
        for (int p = 0; p < size; p++) {
          sum += (double) all[2 * size * size + i * size + p] * all[size * size + p * size + j];
        }
        assertThat((double) found.get(i * size + j))
            .isCloseTo(sum, Offset.offset((size + 1) * (size + 1) * 0x1p-24));
      }
    }
  }

  @Test
  void noRowsLeaveEverything() {
    float[] c = random(20, 3);
    FloatArray found = FloatArray.fromArray(c);
    run(
        ProductTask.of(
            Precision.FP32,
            control -> Product.transposedLeft(0, 0, 0, 4, control.get(ROWS), 5, 0),
            control(0),
            new FloatArray(1),
            new FloatArray(1),
            found));
    assertThat(found.toHeapArray()).containsExactly(c);
  }

  /** Both factors and the sum are off by 2^-8 of themselves at most. */
  @Test
  void bfloat16() {
    int m = 12;
    int k = 40;
    int n = 7;
    float[] a = random(m * k, 1);
    float[] b = random(k * n, 2);
    var halves = new ShortArray(m * k + k * n + m * n);
    halves.init((short) 0);
    for (int i = 0; i < a.length; i++) {
      halves.set(i, BFloat16.bf16FromFloat(a[i]));
    }
    for (int i = 0; i < b.length; i++) {
      halves.set(m * k + i, BFloat16.bf16FromFloat(b[i]));
    }
    run(
        ProductTask.of(
            Precision.BF16,
            _ -> Product.plain(0, m * k, m * k + k * n, m, k, n, 0),
            control(m),
            halves,
            halves,
            halves));
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int p = 0; p < k; p++) {
          sum += (double) a[i * k + p] * b[p * n + j];
        }
        float found = BFloat16.bf16ToFloat(halves.get(m * k + k * n + i * n + j));
        assertThat(Math.abs(found - sum)).isLessThanOrEqualTo(3 * k * 0x1p-8);
      }
    }
  }

  @Test
  void aMatrixBeyondItsArrayIsAnError() {
    assumeTrue(TornadoDevices.isSimulated());
    TornadoNativeArray small = FloatArray.fromArray(random(10, 1));
    assertThatThrownBy(() ->
            run(
                ProductTask.of(
                    Precision.FP32,
                    _ -> Product.plain(0, 0, 0, 4, 4, 4, 0),
                    control(4),
                    small,
                    FloatArray.fromArray(random(16, 2)),
                    FloatArray.fromArray(random(16, 3)))))
        .hasMessageContaining("of an array of 10 elements");
  }
}
