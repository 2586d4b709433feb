package dev.swax.runtime.kernel.memory;

import static dev.swax.runtime.kernel.MixerData.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.runtime.kernel.memory.MemoryShape.Normalizer;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScalarMemoryTest {
  private static final double STEP = 1e-5;

  private static MemoryCase memory(
      Arena arena, Normalizer normalizer, boolean input, boolean forget, boolean documents) {
    var shape = new MemoryShape(2, 3, 4, 0.6f, normalizer, input, forget);
    var made = new MemoryCase(arena, shape, 2, 9, 21).withState(22);
    return documents ? made.cutDocuments(23, 4) : made;
  }

  @ParameterizedTest
  @EnumSource
  void isTheRecurrenceWithoutStabilization(Normalizer normalizer) {
    try (Arena arena = Arena.ofConfined()) {
      var made = memory(arena, normalizer, true, true, true).scalarForward();
      var plain = new PlainMemory(made);
      plain.run();
      for (int i = 0; i < made.y.length(); i++) {
        assertThat((double) made.y.get(i)).isCloseTo(plain.y[i], within(2e-5 * plain.largestY()));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, true, true, false",
    "NONE, false, false, false",
    "NONE, false, true, true",
    "SUM, true, true, false",
    "SUM, false, false, true",
    "SUM, false, true, false",
    "MAX_ABS_ONE, true, true, false",
    "MAX_ABS_ONE, true, true, true",
    "MAX_ABS_ONE, false, true, false",
    "MAX_ABS_ONE, true, false, false"
  })
  void gradientIsTheSlopeOfTheLoss(
      Normalizer normalizer, boolean input, boolean forget, boolean documents) {
    try (Arena arena = Arena.ofConfined()) {
      var made = memory(arena, normalizer, input, forget, documents).scalarForward();
      var plain = new PlainMemory(made);
      Tensor expectedInitial = differences(arena, plain, plain.initial);
      // The states of fp32 hold S e^-m, and their gradients are of that.
      for (int i = 0; i < expectedInitial.length(); i++) {
        int head = i / (made.shape.stateSize() / made.shape.heads());
        expectedInitial.set(
            i, (float) (expectedInitial.get(i) * Math.exp(made.initialStateMax.get(head))));
      }
      made.scalarGradient();
      assertClose("dq", made.dq, differences(arena, plain, plain.q), 1e-6, 2e-6);
      assertClose("dk", made.dk, differences(arena, plain, plain.k), 1e-6, 2e-6);
      assertClose("dv", made.dv, differences(arena, plain, plain.v), 1e-6, 2e-6);
      assertClose("dState", made.dState, expectedInitial, 1e-6, 2e-6);
      assertGate("dLogInput", arena, plain, plain.logInput, made.dLogInput);
      assertGate("dLogForget", arena, plain, plain.logForget, made.dLogForget);
    }
  }

  private static void assertGate(
      String what,
      Arena arena,
      PlainMemory plain,
      double @Nullable [] gate,
      @Nullable Tensor gradient) {
    if (gate != null && gradient != null) {
      assertClose(what, gradient, differences(arena, plain, gate), 1e-6, 2e-6);
    }
  }

  /** Central differences of the loss. */
  private static Tensor differences(Arena arena, PlainMemory plain, double[] inputs) {
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

  @Test
  void aClosedForgetGateLeavesNothing() {
    try (Arena arena = Arena.ofConfined()) {
      var made = memory(arena, Normalizer.NONE, true, true, false);
      Tensor forget = java.util.Objects.requireNonNull(made.logForget);
      for (int h = 0; h < 2; h++) {
        forget.set(4 * 2 + h, Float.NEGATIVE_INFINITY);
      }
      var other = memory(arena, Normalizer.NONE, true, true, false);
      java.util.Objects.requireNonNull(other.logForget).segment().copyFrom(forget.segment());
      for (int i = 0; i < 4 * 2 * 4; i++) {
        other.v.set(i, 100f);
      }
      made.scalarForward();
      other.scalarForward();
      for (int i = 4 * 2 * 4; i < 9 * 2 * 4; i++) {
        assertThat(made.y.get(i)).isFinite().isEqualTo(other.y.get(i));
      }
    }
  }
}
