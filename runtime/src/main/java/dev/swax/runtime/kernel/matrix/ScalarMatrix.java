package dev.swax.runtime.kernel.matrix;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of a {@link MatrixShape}, token after token, in double: a family says how one token
 * changes the state, S_{t-1} being 0 where a reset lies between; {@code y_t = scale q_t . S_t}.
 */
public abstract class ScalarMatrix implements RecurrenceKernel {
  private final MatrixCall call;
  private final ScalarMatrixGradient gradient;
  private double[] cell = new double[0];
  private double[] aside = new double[0];

  protected ScalarMatrix(MatrixCall call) {
    this.call = call;
    gradient = new ScalarMatrixGradient(call);
  }

  /**
   * The next state, at {@code to}, of the state at {@code from}, which may be one.
   *
   * @param at the token, among those of all heads
   * @param aside at {@code line}: V numbers that {@link #back} wants again
   */
  protected abstract void step(long at, double[] cells, int from, int to, double[] aside, int line);

  /**
   * Writes the gradients of a token, of q apart, and changes {@code slope} from the gradient of the
   * state after the token to that of the state before it.
   *
   * @param before where the state before the token is in {@code cells}
   */
  protected abstract void back(
      long at, double[] cells, int before, double[] aside, int line, double[] slope);

  @Override
  public final void forward(RecurrenceCall of) {
    call.bind(of);
    int size = call.shape.keyWidth() * call.shape.valueWidth();
    if (cell.length < size || aside.length < call.shape.valueWidth()) {
      cell = new double[size];
      aside = new double[call.shape.valueWidth()];
    }
    for (int head = 0; head < call.heads(); head++) {
      load(call.state, head, size, cell);
      for (int t = 0; t < call.time; t++) {
        if (call.resetsBefore(head, t)) {
          Arrays.fill(cell, 0, size, 0);
        }
        step(call.at(head, t), cell, 0, 0, aside, 0);
        read(call.at(head, t));
      }
      if (call.state != null) {
        store(call.state, head, size, cell);
      }
    }
  }

  @Override
  public final void byToken(RecurrenceCall of) {
    forward(of);
  }

  @Override
  public final void gradient(RecurrenceGradientCall of) {
    call.bind(of);
    gradient.run(this);
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
  static void load(@Nullable Tensor state, int head, int size, double[] cells) {
    for (int i = 0; i < size; i++) {
      cells[i] = state == null ? 0 : state.get((long) head * size + i);
    }
  }

  /** The opposite of {@link #load}. */
  static void store(Tensor state, int head, int size, double[] cells) {
    for (int i = 0; i < size; i++) {
      state.set((long) head * size + i, (float) cells[i]);
    }
  }

  @Override
  public final long workspaceBytes() {
    return 8L * (cell.length + aside.length) + gradient.workspaceBytes();
  }
}
