package dev.swax.runtime.kernel.shift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two sequences of four tokens of one channel; a document begins at the third token of the second.
 */
class ShiftTest {
  private static final ShiftShape SHAPE = new ShiftShape(1);
  private static final boolean[] RESETS = {false, false, false, false, false, false, true, false};

  private final Arena arena = Arena.ofShared();
  private final RecurrenceKernel kernel = SHAPE.scalarKernel();

  @AfterEach
  void close() {
    arena.close();
  }

  @Test
  void tokensComeOneLater() {
    Tensor y = tensor(9, 9, 9, 9, 9, 9, 9, 9);
    Tensor last = tensor(-1, -2);
    kernel.forward(call(y, List.of(last)));
    assertThat(values(y)).containsExactly(-1, 1, 2, 3, -2, 5, 0, 7);
    assertThat(values(last)).containsExactly(4, 8);
  }

  @Test
  void withoutAStateTheFirstIsZero() {
    Tensor y = tensor(9, 9, 9, 9, 9, 9, 9, 9);
    kernel.byToken(call(y, List.of()));
    assertThat(values(y)).containsExactly(0, 1, 2, 3, 0, 5, 0, 7);
  }

  @Test
  void gradientsGoOneBack() {
    Tensor dInput = tensor(9, 9, 9, 9, 9, 9, 9, 9);
    Tensor dLast = tensor(-1, -2);
    RecurrenceCall forward = call(tensor(0, 0, 0, 0, 0, 0, 0, 0), List.of(tensor(0, 0)));
    Tensor dy = tensor(10, 20, 30, 40, 50, 60, 70, 80);
    kernel.gradient(new RecurrenceGradientCall(forward, dy, List.of(dInput), List.of(dLast)));
    assertThat(values(dInput)).containsExactly(20, 30, 40, -1, 60, 0, 80, -2);
    assertThat(values(dLast)).containsExactly(10, 50);
  }

  private RecurrenceCall call(Tensor y, List<Tensor> states) {
    Tensor input = tensor(1, 2, 3, 4, 5, 6, 7, 8);
    return new RecurrenceCall(SHAPE, List.of(input), List.of(y), states, 2, 4, RESETS);
  }

  private Tensor tensor(float... values) {
    Tensor tensor = Tensor.allocate(arena, values.length);
    for (int i = 0; i < values.length; i++) {
      tensor.set(i, values[i]);
    }
    return tensor;
  }

  private static double[] values(Tensor tensor) {
    double[] values = new double[(int) tensor.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.get(i);
    }
    return values;
  }
}
