package dev.swax.runtime.kernel.delta;

import static dev.swax.runtime.kernel.MixerData.assertClose;

import dev.swax.runtime.kernel.matrix.ScalarMatrix;
import dev.swax.runtime.kernel.matrix.VectorMatrixTest;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.Test;

class VectorDeltaTest extends VectorMatrixTest {
  VectorDeltaTest() {
    super(VectorDelta::new);
  }

  @Override
  protected List<DeltaShape> shapes(int keyWidth, int valueWidth) {
    float scale = (float) (1 / Math.sqrt(keyWidth));
    return List.of(
        new DeltaShape(2, keyWidth, valueWidth, scale, false),
        new DeltaShape(2, keyWidth, valueWidth, scale, true));
  }

  @Override
  protected ScalarMatrix scalar() {
    return new ScalarDelta();
  }

  /** dlog decay is a sum over a chunk of differences, some of which are large. */
  @Override
  protected double tolerance(String operand) {
    return operand.equals("log_decay") ? 1e-4 : 1e-5;
  }

  /** Sums of log decay of thousands, whose differences must keep their digits. */
  @Test
  void closedGatesInTheMiddleOfAChunkDoNotCostDigits() {
    try (Arena arena = Arena.ofShared()) {
      var size = new Size(1, 192, shape(16, 8), true, false);
      var expected = made(arena, size);
      var actual = made(arena, size);
      for (var made : List.of(expected, actual)) {
        for (int t = 10; t < 192; t += 30) {
          made.operand("log_decay").set(2L * t, -3000f);
          made.operand("log_decay").set(2L * t + 1, Float.NEGATIVE_INFINITY);
        }
      }
      expected.forward(scalar()).gradient(scalar());
      actual.forward(kernel).gradient(kernel);
      assertSameForward(actual, expected);
      assertSameGradients(actual, expected);
    }
  }

  /** beta of 2 with keys of length 1 turns the state round at each token: nothing may grow. */
  @Test
  void reflectionsKeepTheirDigits() {
    try (Arena arena = Arena.ofShared()) {
      var size = new Size(1, 1000, shapes(16, 8).getFirst(), true, false);
      var expected = made(arena, size);
      var actual = made(arena, size);
      for (var made : List.of(expected, actual)) {
        Tensor k = made.operand("k");
        for (int row = 0; row < k.length() / 16; row++) {
          double square = 0;
          for (int c = 0; c < 16; c++) {
            square += Math.pow(k.get(row * 16L + c), 2);
          }
          for (int c = 0; c < 16; c++) {
            k.set(row * 16L + c, (float) (k.get(row * 16L + c) / Math.sqrt(square)));
          }
          made.operand("erase").set(row, 2f);
        }
      }
      expected.forward(scalar()).gradient(scalar());
      actual.forward(kernel).gradient(kernel);
      // A rounding for each of the 1,000 reflections.
      assertClose("y", actual.y(), expected.y(), 1000 * 0x1p-24, 1000 * 0x1p-24);
      assertClose("dk", actual.gradient("k"), expected.gradient("k"), 1e-4, 1e-4);
    }
  }
}
