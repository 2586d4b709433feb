package dev.swax.runtime.kernel.gla;

import static dev.swax.runtime.kernel.MixerData.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarGlaTest {
  private static final double STEP = 1e-5;

  private static GlaCase gla(Arena arena, boolean documents) {
    var made = new GlaCase(arena, new GlaShape(2, 3, 4, 0.6f), 2, 9, 21).withState(22);
    return documents ? made.cutDocuments(23, 4) : made;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isTheRecurrence(boolean documents) {
    try (Arena arena = Arena.ofConfined()) {
      var made = gla(arena, documents).forward(new ScalarGla());
      var plain = new PlainGla(made);
      plain.run();
      for (int i = 0; i < made.y.length(); i++) {
        // Computed in double and rounded once.
        assertThat((double) made.y.get(i))
            .isCloseTo(plain.y[i], within(0x1p-23 * Math.max(1e-3, Math.abs(plain.y[i]))));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gradientIsTheSlopeOfTheLoss(boolean documents) {
    try (Arena arena = Arena.ofConfined()) {
      var made = gla(arena, documents).forward(new ScalarGla());
      var plain = new PlainGla(made);
      Tensor initial = differences(arena, plain, plain.initial);
      made.gradient(new ScalarGla());
      plain.operands.forEach((name, values) ->
          assertClose(name, made.gradient(name), differences(arena, plain, values), 1e-6, 2e-6));
      assertClose("state", made.dState, initial, 1e-6, 2e-6);
    }
  }

  /** Central differences of the loss. */
  private static Tensor differences(Arena arena, PlainGla plain, double[] inputs) {
    Tensor slopes = Tensor.allocate(arena, inputs.length);
    for (int i = 0; i < inputs.length; i++) {
      double value = inputs[i];
      inputs[i] = value + STEP;
      double above = plain.run();
      inputs[i] = value - STEP;
      double below = plain.run();
      inputs[i] = value;
      slopes.set(i, (float) ((above - below) / (2 * STEP)));
    }
    return slopes;
  }
}
