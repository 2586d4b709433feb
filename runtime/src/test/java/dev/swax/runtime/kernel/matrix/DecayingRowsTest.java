package dev.swax.runtime.kernel.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.kernel.team.Team;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same of a family whose rows decay by factors of their own. */
public abstract class DecayingRowsTest extends VectorMatrixTest {
  protected DecayingRowsTest(Function<Team, VectorMatrix> make) {
    super(make);
  }

  /** Logarithms of thousands beside small ones: what is kept must keep its digits. */
  @Test
  void closedRowsInTheMiddleOfAChunkDoNotCostDigits() {
    try (Arena arena = Arena.ofShared()) {
      var size = new Size(1, 192, shape(16, 8), true, false);
      var expected = made(arena, size);
      var actual = made(arena, size);
      for (var made : List.of(expected, actual)) {
        for (int t = 10; t < 192; t += 7) {
          made.operand("log_decay").set(32L * t + t % 16, -3000f);
          made.operand("log_decay").set(32L * t + 16 + t % 16, Float.NEGATIVE_INFINITY);
        }
      }
      expected.forward(scalar()).gradient(scalar());
      actual.forward(kernel).gradient(kernel);
      assertSameForward(actual, expected);
      assertSameGradients(actual, expected);
      for (int t = 10; t < 192; t += 7) {
        assertThat(actual.gradient("log_decay").get(32L * t + 16 + t % 16)).isZero();
      }
    }
  }

  /** A row that loses all but e^-60 at every token: no inverse of that may appear. */
  @ParameterizedTest
  @ValueSource(floats = {-60f, -1e-7f, 0f})
  void decaysNearNoneAndNearAll(float logDecay) {
    try (Arena arena = Arena.ofShared()) {
      var size = new Size(1, 200, shape(16, 8), true, true);
      var expected = made(arena, size);
      var actual = made(arena, size);
      for (var made : List.of(expected, actual)) {
        for (int i = 0; i < made.operand("log_decay").length(); i += 3) {
          made.operand("log_decay").set(i, logDecay);
        }
      }
      expected.forward(scalar()).gradient(scalar());
      actual.forward(kernel).gradient(kernel);
      assertSameForward(actual, expected);
      assertSameGradients(actual, expected);
    }
  }
}
