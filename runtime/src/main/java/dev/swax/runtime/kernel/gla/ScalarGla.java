package dev.swax.runtime.kernel.gla;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of a {@link GlaShape}, token after token, in double: {@code S_t = diag(a_t) S_{t-1} +
 * outer(k_t, v_t)}, where S_{t-1} is 0 if a reset lies between; {@code y_t = scale q_t . S_t}.
 */
final class ScalarGla implements RecurrenceKernel {
  private final GlaCall call = new GlaCall();
  private final ScalarGlaGradient gradient = new ScalarGlaGradient(call);
  private double[] cell = new double[0];

  @Override
  public void forward(RecurrenceCall of) {
    call.bind(of);
    GlaShape shape = call.shape;
    int size = shape.keyWidth() * shape.valueWidth();
    if (cell.length < size) {
      cell = new double[size];
    }
    for (int head = 0; head < call.heads(); head++) {
      load(call.state, head, shape, cell, 0);
      for (int t = 0; t < call.time; t++) {
        if (call.resetsBefore(head, t)) {
          Arrays.fill(cell, 0, size, 0);
        }
        step(call, call.at(head, t), cell, 0, 0);
        read(call.at(head, t));
      }
      if (call.state != null) {
        store(call.state, head, shape, cell, 0);
      }
    }
  }

  @Override
  public void byToken(RecurrenceCall of) {
    forward(of);
  }

  @Override
  public void gradient(RecurrenceGradientCall of) {
    call.bind(of);
    gradient.run();
  }

  /** The next state, {@code to}, of the state {@code from}, which may be one. */
  static void step(GlaCall call, long at, double[] cells, int from, int to) {
    int width = call.shape.valueWidth();
    int rows = call.shape.keyWidth();
    for (int r = 0; r < rows; r++) {
      double decay = Math.exp(call.logDecay.get(at * rows + r));
      double key = call.k.get(at * rows + r);
      for (int c = 0; c < width; c++) {
        int i = r * width + c;
        cells[to + i] = decay * cells[from + i] + key * call.v.get(at * width + c);
      }
    }
  }

  private void read(long at) {
    int width = call.shape.valueWidth();
    int rows = call.shape.keyWidth();
    for (int c = 0; c < width; c++) {
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        sum += call.q.get(at * rows + r) * cell[r * width + c];
      }
      call.y.set(at * width + c, (float) (call.shape.scale() * sum));
    }
  }

  /** Copies the state of a head of a sequence; none is zero. */
  static void load(@Nullable Tensor state, int head, GlaShape shape, double[] cells, int to) {
    int size = shape.keyWidth() * shape.valueWidth();
    for (int i = 0; i < size; i++) {
      cells[to + i] = state == null ? 0 : state.get((long) head * size + i);
    }
  }

  /** The opposite of {@link #load}. */
  static void store(Tensor state, int head, GlaShape shape, double[] cells, int from) {
    int size = shape.keyWidth() * shape.valueWidth();
    for (int i = 0; i < size; i++) {
      state.set((long) head * size + i, (float) cells[from + i]);
    }
  }

  @Override
  public long workspaceBytes() {
    return 8L * cell.length + gradient.workspaceBytes();
  }
}
