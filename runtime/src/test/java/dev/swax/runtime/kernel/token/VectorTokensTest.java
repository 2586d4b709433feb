package dev.swax.runtime.kernel.token;

import static dev.swax.runtime.kernel.Values.assertClose;
import static dev.swax.runtime.kernel.Values.assertSameBits;
import static dev.swax.runtime.kernel.Values.copy;
import static dev.swax.runtime.kernel.Values.random;
import static dev.swax.runtime.kernel.Values.zeros;
import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.ScalarKernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.tensor.Tensor;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorTokensTest {
  private final Kernels scalar = new ScalarKernels();
  private final Kernels vector = new VectorKernels(2);

  @AfterEach
  void close() {
    scalar.close();
    vector.close();
  }

  private static int[] tokens(int rows, int vocab) {
    var random = new SplittableRandom(5);
    int[] tokens = new int[rows];
    for (int t = 0; t < rows; t++) {
      tokens[t] = random.nextInt(vocab);
    }
    return tokens;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 8, 15, 16, 17, 33, 100, 257, 1024})
  void embeddingCopiesRows(int columns) {
    int[] tokens = tokens(45, 11);
    Tensor table = random(11L * columns, 1);
    Tensor expected = zeros(45L * columns);
    Tensor actual = zeros(45L * columns);
    scalar.embedding(tokens, table, expected, 45, columns);
    vector.embedding(tokens, table, actual, 45, columns);
    assertSameBits(actual, expected, 45L * columns);
    assertThat(actual.get(7L * columns)).isEqualTo(table.get((long) tokens[7] * columns));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 8, 15, 16, 17, 33, 100, 257, 1024})
  void embeddingGradientAddsInTheOrderOfTheRows(int columns) {
    int[] tokens = tokens(45, 4);
    Tensor dy = random(45L * columns, 1);
    Tensor expected = random(4L * columns, 2);
    Tensor actual = copy(expected);
    scalar.embeddingGradient(tokens, dy, expected, 45, 4, columns);
    vector.embeddingGradient(tokens, dy, actual, 45, 4, columns);
    assertSameBits(actual, expected, 4L * columns);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 8, 15, 16, 17, 33, 100, 257, 1024, 10_000, 128_000})
  void lossAndItsGradientAgreeWithScalar(int vocab) {
    int rows = vocab > 2000 ? 3 : 40;
    int[] targets = tokens(rows, vocab);
    targets[1] = -1;
    Tensor logits = random((long) rows * vocab, 1);
    for (long i = 0; i < (long) rows * vocab; i++) {
      logits.set(i, logits.get(i) * 20);
    }
    Tensor losses = zeros(rows);
    Tensor logSumExp = zeros(rows);
    Tensor vectorLosses = zeros(rows);
    Tensor vectorLogSumExp = zeros(rows);
    scalar.crossEntropy(logits, targets, losses, logSumExp, rows, vocab);
    vector.crossEntropy(logits, targets, vectorLosses, vectorLogSumExp, rows, vocab);
    // Each of 16 lanes rounds once an addition; the logarithm makes that relative error absolute.
    double tolerance = Math.ulp(1f) * (32 + vocab / 32.0);
    assertClose(vectorLosses, losses, rows, tolerance);
    assertClose(vectorLogSumExp, logSumExp, rows, tolerance);
    assertThat(vectorLosses.get(1)).isZero();

    Tensor expected = zeros((long) rows * vocab);
    Tensor actual = copy(logits);
    scalar.crossEntropyGradient(logits, targets, logSumExp, expected, 0.5f, 1e-2f, rows, vocab);
    vector.crossEntropyGradient(actual, targets, logSumExp, actual, 0.5f, 1e-2f, rows, vocab);
    assertClose(actual, expected, (long) rows * vocab, 4e-6);
  }

  @Test
  void lossIsTheNegativeLogarithmOfTheProbability() {
    Tensor logits = zeros(4);
    logits.set(2, (float) Math.log(5));
    Tensor losses = zeros(1);
    Tensor logSumExp = zeros(1);
    Tensor gradient = zeros(4);
    for (Kernels kernels : new Kernels[] {scalar, vector}) {
      kernels.crossEntropy(logits, new int[] {2}, losses, logSumExp, 1, 4);
      assertThat(losses.get(0)).isCloseTo((float) -Math.log(5 / 8.0), within());
      assertThat(logSumExp.get(0)).isCloseTo((float) Math.log(8), within());
      kernels.crossEntropyGradient(logits, new int[] {2}, logSumExp, gradient, 2f, 0, 1, 4);
      assertThat(gradient.get(0)).isCloseTo(2 / 8f, within());
      assertThat(gradient.get(2)).isCloseTo(2 * (5 / 8f - 1), within());
    }
  }

  @Test
  void zLossAddsTheGradientOfItsSquare() {
    float zLoss = 0.25f;
    int[] targets = {2};
    Tensor logits = random(9, 4);
    Tensor losses = zeros(1);
    Tensor logSumExp = zeros(1);
    for (Kernels kernels : new Kernels[] {scalar, vector}) {
      Tensor gradient = zeros(9);
      kernels.crossEntropy(logits, targets, losses, logSumExp, 1, 9);
      kernels.crossEntropyGradient(logits, targets, logSumExp, gradient, 3f, zLoss, 1, 9);
      for (int i = 0; i < 9; i++) {
        double above = lossWith(logits, i, 1e-6, zLoss);
        double below = lossWith(logits, i, -1e-6, zLoss);
        assertThat(gradient.get(i)).isCloseTo((float) (3 * (above - below) / 2e-6), within());
      }
    }
  }

  /** Loss and z-loss of target 2 in double, one logit moved. */
  private static double lossWith(Tensor logits, int moved, double by, double zLoss) {
    double sum = 0;
    double wanted = 0;
    for (int i = 0; i < 9; i++) {
      double logit = logits.get(i) + (i == moved ? by : 0);
      sum += Math.exp(logit);
      wanted = i == 2 ? logit : wanted;
    }
    return Math.log(sum) - wanted + zLoss * Math.log(sum) * Math.log(sum);
  }

  private static org.assertj.core.data.Offset<Float> within() {
    return org.assertj.core.api.Assertions.within(1e-6f);
  }

  @Test
  void largeAndMaskedLogitsDoNotOverflow() {
    Tensor logits = zeros(9000);
    logits.set(0, Float.NEGATIVE_INFINITY);
    logits.set(1, 1e6f);
    logits.set(8999, 1e6f);
    Tensor losses = zeros(1);
    Tensor logSumExp = zeros(1);
    for (Kernels kernels : new Kernels[] {scalar, vector}) {
      kernels.crossEntropy(logits, new int[] {1}, losses, logSumExp, 1, 9000);
      assertThat(logSumExp.get(0)).isEqualTo((float) (1e6 + Math.log(2)));
      assertThat(losses.get(0)).isCloseTo((float) Math.log(2), within());
    }
  }

  @Test
  void aNanLogitMakesTheLossNan() {
    Tensor logits = random(5000, 1);
    logits.set(4500, Float.NaN);
    Tensor losses = zeros(1);
    for (Kernels kernels : new Kernels[] {scalar, vector}) {
      kernels.crossEntropy(logits, new int[] {1}, losses, zeros(1), 1, 5000);
      assertThat(losses.get(0)).isNaN();
    }
  }
}
