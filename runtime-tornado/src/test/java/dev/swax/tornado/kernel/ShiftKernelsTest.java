package dev.swax.tornado.kernel;

import dev.swax.runtime.kernel.shift.ShiftShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.TaskGraph;

/** Shifts by a token on a device against the kernels of the CPU, documents included. */
class ShiftKernelsTest {
  @ParameterizedTest
  @CsvSource({"1, 1, 1, 9", "2, 9, 5, 3", "3, 90, 7, 20", "1, 300, 30, 1000"})
  void equalsTheCpu(int batch, int time, int channels, int meanLength) {
    new ShiftProblem(channels, batch, time).check(1, batch, time, meanLength, false);
  }

  @Test
  void fewerRowsThanTheGrid() {
    var problem = new ShiftProblem(5, 3, 20);
    problem.check(2, 1, 20, 4, false);
    problem.check(3, 3, 7, 4, false);
  }

  private static final class ShiftProblem extends RecurrenceProblem {
    private final int channels;
    private final int capacity;

    ShiftProblem(int channels, int batch, int time) {
      super(new ShiftShape(channels), batch, time, 1, 1);
      this.channels = channels;
      this.capacity = batch * time;
    }

    @Override
    TaskGraph forward(TaskGraph graph) {
      return graph.task(
          grid("forward", ConvKernels.grid(capacity, channels)),
          ShiftKernels::forward,
          context,
          array("input"),
          GAP,
          array("y"),
          GAP,
          firstKeys,
          rows,
          time,
          channels);
    }

    @Override
    TaskGraph backward(TaskGraph graph) {
      return graph.task(
          grid("gradient", ConvKernels.grid(capacity, channels)),
          ShiftKernels::gradient,
          context,
          array("dy"),
          GAP,
          array("d_input"),
          GAP,
          firstKeys,
          rows,
          time,
          channels);
    }
  }
}
