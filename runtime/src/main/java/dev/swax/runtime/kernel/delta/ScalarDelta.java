package dev.swax.runtime.kernel.delta;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of a {@link DeltaShape}, token after token, in double:
 *
 * <pre>
 * w_t = write_t v_t - erase_t (k_t . S_{t-1})        S_{t-1} = 0 where a reset lies between
 * S_t = decay_t S_{t-1} + outer(k_t, w_t);   y_t = scale q_t . S_t
 * </pre>
 */
final class ScalarDelta implements RecurrenceKernel {
  private final DeltaCall call = new DeltaCall();
  private final ScalarDeltaGradient gradient = new ScalarDeltaGradient(call);
  private double[] cell = new double[0];
  private double[] written = new double[0];

  @Override
  public void forward(RecurrenceCall of) {
    call.bind(of);
    DeltaShape shape = call.shape;
    int size = shape.keyWidth() * shape.valueWidth();
    if (cell.length < size || written.length < shape.valueWidth()) {
      cell = new double[size];
      written = new double[shape.valueWidth()];
    }
    for (int head = 0; head < call.heads(); head++) {
      load(call.state, head, shape, cell, 0);
      for (int t = 0; t < call.time; t++) {
        long at = call.at(head, t);
        if (call.resetsBefore(head, t)) {
          Arrays.fill(cell, 0, size, 0);
        }
        step(call, at, cell, 0, 0, written, 0);
        read(at);
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

  /** The next state, {@code to}, of the state {@code from}, which may be one, and w. */
  static void step(
      DeltaCall call, long at, double[] cells, int from, int to, double[] written, int line) {
    int width = call.shape.valueWidth();
    int rows = call.shape.keyWidth();
    for (int c = 0; c < width; c++) {
      double known = 0;
      for (int r = 0; r < rows; r++) {
        known += call.k.get(at * rows + r) * cells[from + r * width + c];
      }
      written[line + c] =
          (double) call.write.get(at) * call.v.get(at * width + c) - call.erase.get(at) * known;
    }
    double decay = Math.exp(call.logDecay(at));
    for (int r = 0; r < rows; r++) {
      double key = call.k.get(at * rows + r);
      for (int c = 0; c < width; c++) {
        cells[to + r * width + c] = decay * cells[from + r * width + c] + key * written[line + c];
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
  static void load(@Nullable Tensor state, int head, DeltaShape shape, double[] cells, int to) {
    int size = shape.keyWidth() * shape.valueWidth();
    for (int i = 0; i < size; i++) {
      cells[to + i] = state == null ? 0 : state.get((long) head * size + i);
    }
  }

  /** The opposite of {@link #load}. */
  static void store(Tensor state, int head, DeltaShape shape, double[] cells, int from) {
    int size = shape.keyWidth() * shape.valueWidth();
    for (int i = 0; i < size; i++) {
      state.set((long) head * size + i, (float) cells[from + i]);
    }
  }

  @Override
  public long workspaceBytes() {
    return 8L * (cell.length + written.length) + gradient.workspaceBytes();
  }
}
