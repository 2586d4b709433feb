package dev.swax.runtime.kernel.memory;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of a {@link MemoryShape}: one token after the other, in double. With {@code v^ = [v,
 * 1]}, the state {@code C^ = [C, n]} and {@code m_0 = 0} (REFERENCE 1.3):
 *
 * <pre>
 * m_t = max(log f_t + m_{t-1}, log i_t);   f' = e^(log f_t + m_{t-1} - m_t);   i' = e^(log i_t - m_t)
 * C^_t = f' C^_{t-1} + i' outer(k_t, v^_t);   [N_t, s_t] = scale q_t . C^_t
 * y_t = N_t / d_t                                              (d: {@link MemoryDivisor})
 * </pre>
 *
 * <p>A missing gate has logarithm 0; then m stays at 0 by itself as long as no decay exceeds 1. A
 * reset makes C^ and m zero before the token. m is rounded to fp32, so that what is kept of it is
 * what was used.
 */
final class ScalarMemory implements RecurrenceKernel {
  /** A logarithm below this forgets everything. */
  static final double SMALLEST_FORGET = -1e4;

  private final MemoryCall call = new MemoryCall();
  private final ScalarMemoryGradient gradient = new ScalarMemoryGradient(call);
  private double[] cell = new double[0];
  private double[] sums = new double[0];

  @Override
  public void forward(RecurrenceCall of) {
    call.bind(of);
    walk();
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

  private void walk() {
    MemoryShape shape = call.shape;
    int time = call.time;
    Tensor state = Objects.requireNonNull(call.state);
    Tensor stateMax = Objects.requireNonNull(call.stateMax);
    int columns = shape.valueWidth() + 1;
    grow(shape.keyWidth() * columns, columns);
    for (int head = 0; head < call.heads(); head++) {
      load(state, head, shape, cell, 0);
      double max = stateMax.get(head);
      for (int t = 0; t < time; t++) {
        long at = call.at(head, t);
        if (call.resetsBefore(head, t)) {
          Arrays.fill(cell, 0, shape.keyWidth() * columns, 0);
          max = 0;
        }
        double next = nextMax(call.logInput, call.logForget, at, max);
        step(call, at, max, next, cell, 0, 0);
        max = next;
        double sum = read(call, at, cell, 0, sums);
        double kept = MemoryDivisor.of(shape.normalizer(), sum, Math.exp(-max));
        double divides = MemoryDivisor.magnitude(shape.normalizer(), kept);
        for (int c = 0; c < shape.valueWidth(); c++) {
          call.y.set(at * shape.valueWidth() + c, (float) (sums[c] / divides));
        }
        call.divisor.set(at, (float) kept);
        call.rowMax.set(at, (float) max);
      }
      store(state, head, shape, cell, 0);
      stateMax.set(head, (float) max);
    }
  }

  /** m_t. */
  static double nextMax(
      @Nullable Tensor logInput, @Nullable Tensor logForget, long at, double max) {
    return (float) Math.max(forget(logForget, at) + max, gate(logInput, at));
  }

  /** log f_t, or {@link #SMALLEST_FORGET} where it is less: differences of sums stay finite. */
  static double forget(@Nullable Tensor logForget, long at) {
    return Math.max(gate(logForget, at), SMALLEST_FORGET);
  }

  /** The logarithm of a gate; 0 without one. */
  static double gate(@Nullable Tensor logarithm, long at) {
    return logarithm == null ? 0 : logarithm.get(at);
  }

  /** {@code to = f' from + i' outer(k, v^)}; the cells may be one. */
  static void step(
      MemoryCall call, long at, double max, double next, double[] cells, int from, int to) {
    MemoryShape shape = call.shape;
    double keep = Math.exp(forget(call.logForget, at) + max - next);
    double write = Math.exp(gate(call.logInput, at) - next);
    int width = shape.valueWidth();
    for (int r = 0; r < shape.keyWidth(); r++) {
      double key = write * call.k.get(at * shape.keyWidth() + r);
      int line = r * (width + 1);
      for (int c = 0; c < width; c++) {
        cells[to + line + c] = keep * cells[from + line + c] + key * call.v.get(at * width + c);
      }
      cells[to + line + width] = keep * cells[from + line + width] + key;
    }
  }

  /** Fills {@code sums} with {@code scale q . C^} and gives the last. */
  static double read(MemoryCall call, long at, double[] cells, int from, double[] sums) {
    MemoryShape shape = call.shape;
    int columns = shape.valueWidth() + 1;
    Arrays.fill(sums, 0, columns, 0);
    for (int r = 0; r < shape.keyWidth(); r++) {
      double query = (double) shape.scale() * call.q.get(at * shape.keyWidth() + r);
      for (int c = 0; c < columns; c++) {
        sums[c] += query * cells[from + r * columns + c];
      }
    }
    return sums[columns - 1];
  }

  /** Copies the state of a head of a sequence; a column n that it lacks is zero. */
  static void load(@Nullable Tensor state, int head, MemoryShape shape, double[] cells, int to) {
    int columns = shape.valueWidth() + 1;
    int stored = shape.stateColumns();
    Arrays.fill(cells, to, to + shape.keyWidth() * columns, 0);
    if (state == null) {
      return;
    }
    for (int r = 0; r < shape.keyWidth(); r++) {
      for (int c = 0; c < stored; c++) {
        cells[to + r * columns + c] = state.get(((long) head * shape.keyWidth() + r) * stored + c);
      }
    }
  }

  /** The opposite of {@link #load}. */
  static void store(Tensor state, int head, MemoryShape shape, double[] cells, int from) {
    int columns = shape.valueWidth() + 1;
    int stored = shape.stateColumns();
    for (int r = 0; r < shape.keyWidth(); r++) {
      for (int c = 0; c < stored; c++) {
        state.set(
            ((long) head * shape.keyWidth() + r) * stored + c,
            (float) cells[from + r * columns + c]);
      }
    }
  }

  private void grow(int size, int columns) {
    if (cell.length < size) {
      cell = new double[size];
    }
    if (sums.length < columns) {
      sums = new double[columns];
    }
  }

  @Override
  public long workspaceBytes() {
    return 8L * (cell.length + sums.length) + gradient.workspaceBytes();
  }
}
