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
import dev.swax.runtime.train.Muon;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MuonTest {
  private final Kernels scalar = new ScalarKernels();
  private final Kernels vector = new VectorKernels(2);

  @AfterEach
  void close() {
    scalar.close();
    vector.close();
  }

  private static MuonStep step(boolean nesterov) {
    return new MuonStep(0.02, 1.5, 0.95, nesterov, 5, 0.1, 0.5);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1, 1, 7",
    "1, 7, 1",
    "1, 3, 8",
    "1, 16, 5",
    "2, 9, 9",
    "3, 17, 33",
    "1, 100, 31",
    "2, 64, 96",
    "1, 131, 257"
  })
  void agreesWithScalar(int matrices, int rows, int columns) {
    int length = matrices * rows * columns;
    Tensor[] expected = {random(length, 1), zeros(length)};
    Tensor[] actual = {copy(expected[0]), zeros(length)};
    for (int i = 1; i <= 3; i++) {
      Tensor gradient = random(length, 100 + i);
      MuonStep step = step(i % 2 == 0);
      scalar.muon(expected[0], gradient, expected[1], matrices, rows, columns, step);
      vector.muon(actual[0], gradient, actual[1], matrices, rows, columns, step);
    }
    // The iteration lifts small singular values by up to 3.4 five times, and their rounding too.
    double tolerance = 3 * 0.03 * 500 * Math.ulp(1f) * Math.sqrt(Math.min(rows, columns));
    assertClose(actual[0], expected[0], length, tolerance + 4 * Math.ulp(4f));
    assertClose(actual[1], expected[1], length, 10 * Math.ulp(1f));
  }

  @Test
  void threadsDoNotChangeBits() {
    int length = 2 * 75 * 130;
    Tensor gradient = random(length, 3);
    Tensor expected = random(length, 1);
    Tensor weight = copy(expected);
    vector.muon(expected, gradient, zeros(length), 2, 75, 130, step(true));
    for (int threads : new int[] {1, 3, 5}) {
      try (var other = new VectorKernels(threads)) {
        Tensor actual = copy(weight);
        other.muon(actual, gradient, zeros(length), 2, 75, 130, step(true));
        assertSameBits(actual, expected, length);
      }
    }
  }

  @Test
  void eachOfTheMatricesIsTakenByItself() {
    Tensor gradient = random(3 * 6 * 4, 5);
    Tensor together = zeros(3 * 6 * 4);
    vector.muon(together, gradient, zeros(3 * 6 * 4), 3, 6, 4, step(true));
    for (int i = 0; i < 3; i++) {
      Tensor alone = zeros(24);
      vector.muon(alone, copy(gradient.slice(24L * i, 24)), zeros(24), 1, 6, 4, step(true));
      assertSameBits(copy(together.slice(24L * i, 24)), alone, 24);
    }
  }

  @Test
  void aGradientOfZerosOnlyDecays() {
    for (Kernels kernels : new Kernels[] {scalar, vector}) {
      Tensor weight = zeros(12);
      weight.set(5, 2);
      kernels.muon(weight, zeros(12), zeros(12), 1, 3, 4, step(true));
      assertThat(weight.get(5)).isCloseTo(2 * (1 - 0.002f), within(1e-6f));
      assertThat(weight.get(4)).isZero();
    }
  }

  /**
   * Three steps of {@code torch.optim.Muon} with its iteration in double; a torch weight is ours
   * transposed.
   */
  @Test
  void agreesWithTorch() throws IOException {
    List<String> lines;
    try (InputStream in = MuonTest.class.getResourceAsStream("muon.txt")) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList();
    }
    assertThat(lines).hasSize(12);
    for (String line : lines) {
      String[] parts = line.split(" \\| ");
      String[] head = parts[0].split(" ");
      int rows = Integer.parseInt(head[0]);
      int columns = Integer.parseInt(head[1]);
      Muon.Scale scale = head[2].equals("original") ? Muon.Scale.BY_SHAPE : Muon.Scale.LIKE_ADAMW;
      var step =
          new MuonStep(
              0.02, scale.of(rows, columns), 0.95, Boolean.parseBoolean(head[3]), 5, 0.1, 1);
      for (Kernels kernels : new Kernels[] {scalar, vector}) {
        Tensor weight = filled(rows * columns, i -> Math.sin(0.7 * i + 1));
        Tensor momentum = zeros(rows * columns);
        for (int t = 1; t <= 3; t++) {
          int time = t;
          Tensor gradient =
              filled(
                  rows * columns,
                  i -> Math.cos(1.3 * i * time + time) + 0.1 * Math.sin((double) i * i));
          kernels.muon(weight, gradient, momentum, 1, rows, columns, step);
        }
        assertClose(weight, numbers(parts[1]), rows * columns, 1e-5);
        assertClose(momentum, numbers(parts[2]), rows * columns, 1e-6);
      }
    }
  }

  private interface At {
    double at(int i);
  }

  private static Tensor filled(int length, At values) {
    Tensor tensor = zeros(length);
    for (int i = 0; i < length; i++) {
      tensor.set(i, (float) values.at(i));
    }
    return tensor;
  }

  private static Tensor numbers(String text) {
    double[] values = Stream.of(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    return filled(values.length, i -> values[i]);
  }
}
