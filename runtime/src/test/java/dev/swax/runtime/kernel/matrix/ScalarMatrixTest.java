package dev.swax.runtime.kernel.matrix;

import static dev.swax.runtime.kernel.MixerData.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What defines a family of matrices, against its recurrence as it is written. */
public abstract class ScalarMatrixTest {
  private static final double STEP = 1e-5;

  /** Small shapes, one for each form of the family. */
  protected abstract List<? extends MatrixShape> shapes();

  protected abstract ScalarMatrix kernel();

  /** The next state of a head at token {@code at}, as it is written. */
  protected abstract void next(
      Map<String, double[]> operands, MatrixShape shape, int at, double[] cell);

  private static MatrixCase made(Arena arena, MatrixShape shape, boolean documents) {
    var made = new MatrixCase(arena, shape, 2, 9, 21).withState(22);
    return documents ? made.cutDocuments(23, 4) : made;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isTheRecurrence(boolean documents) {
    for (MatrixShape shape : shapes()) {
      try (Arena arena = Arena.ofConfined()) {
        var made = made(arena, shape, documents).forward(kernel());
        var plain = new PlainMatrix(made, this::next);
        plain.run();
        for (int i = 0; i < made.y.length(); i++) {
          // Computed in double and rounded once.
          assertThat((double) made.y.get(i))
              .isCloseTo(plain.y[i], within(0x1p-23 * Math.max(1e-3, Math.abs(plain.y[i]))));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gradientIsTheSlopeOfTheLoss(boolean documents) {
    for (MatrixShape shape : shapes()) {
      try (Arena arena = Arena.ofConfined()) {
        var made = made(arena, shape, documents).forward(kernel());
        var plain = new PlainMatrix(made, this::next);
        Tensor initial = differences(arena, plain, plain.initial);
        made.gradient(kernel());
        plain.operands.forEach((name, values) ->
            assertClose(name, made.gradient(name), differences(arena, plain, values), 1e-6, 2e-6));
        assertClose("state", made.dState, initial, 1e-6, 2e-6);
      }
    }
  }

  /** Central differences of the loss. */
  private static Tensor differences(Arena arena, PlainMatrix plain, double[] inputs) {
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
