package dev.swax.runtime.kernel;

import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of {@link Kernels#memory}: one token after the other, in double. With {@code v^ = [v,
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
final class ScalarMemory {
  /** A logarithm below this forgets everything. */
  static final double SMALLEST_FORGET = -1e4;

  private final ScalarMemoryGradient gradient = new ScalarMemoryGradient();
  private double[] cell = new double[0];
  private double[] sums = new double[0];

  /** The gradient, with its own workspace. */
  ScalarMemoryGradient gradient() {
    return gradient;
  }

  /** See {@link Kernels#memory}, and {@link Kernels#memoryRecurrent} with null for the two kept. */
  void forward(
      Tensor q,
      Tensor k,
      Tensor v,
      @Nullable Tensor logInput,
      @Nullable Tensor logForget,
      Tensor y,
      @Nullable Tensor divisor,
      @Nullable Tensor rowMax,
      Tensor state,
      Tensor stateMax,
      MemoryShape shape,
      int batch,
      int time,
      boolean @Nullable [] resets) {
    int columns = shape.valueWidth() + 1;
    grow(shape.keyWidth() * columns, columns);
    for (int head = 0; head < batch * shape.heads(); head++) {
      load(state, head, shape, cell, 0);
      double max = stateMax.get(head);
      for (int t = 0; t < time; t++) {
        int row = head / shape.heads() * time + t;
        long at = (long) row * shape.heads() + head % shape.heads();
        if (resets != null && resets[row]) {
          Arrays.fill(cell, 0, shape.keyWidth() * columns, 0);
          max = 0;
        }
        double next = nextMax(logInput, logForget, at, max);
        step(k, v, logInput, logForget, at, max, next, shape, cell, 0, 0);
        max = next;
        double sum = read(q, at, shape, cell, 0, sums);
        double kept = MemoryDivisor.of(shape.normalizer(), sum, Math.exp(-max));
        double divides = MemoryDivisor.magnitude(shape.normalizer(), kept);
        for (int c = 0; c < shape.valueWidth(); c++) {
          y.set(at * shape.valueWidth() + c, (float) (sums[c] / divides));
        }
        keep(divisor, at, kept);
        keep(rowMax, at, max);
      }
      store(state, head, shape, cell, 0);
      stateMax.set(head, (float) max);
    }
  }

  private static void keep(@Nullable Tensor kept, long at, double value) {
    if (kept != null) {
      kept.set(at, (float) value);
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
      Tensor k,
      Tensor v,
      @Nullable Tensor logInput,
      @Nullable Tensor logForget,
      long at,
      double max,
      double next,
      MemoryShape shape,
      double[] cells,
      int from,
      int to) {
    double keep = Math.exp(forget(logForget, at) + max - next);
    double write = Math.exp(gate(logInput, at) - next);
    int width = shape.valueWidth();
    for (int r = 0; r < shape.keyWidth(); r++) {
      double key = write * k.get(at * shape.keyWidth() + r);
      int line = r * (width + 1);
      for (int c = 0; c < width; c++) {
        cells[to + line + c] = keep * cells[from + line + c] + key * v.get(at * width + c);
      }
      cells[to + line + width] = keep * cells[from + line + width] + key;
    }
  }

  /** Fills {@code sums} with {@code scale q . C^} and gives the last. */
  static double read(
      Tensor q, long at, MemoryShape shape, double[] cells, int from, double[] sums) {
    int columns = shape.valueWidth() + 1;
    Arrays.fill(sums, 0, columns, 0);
    for (int r = 0; r < shape.keyWidth(); r++) {
      double query = (double) shape.scale() * q.get(at * shape.keyWidth() + r);
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

  /** Bytes held between calls. */
  long workspaceBytes() {
    return 8L * (cell.length + sums.length) + gradient.workspaceBytes();
  }
}
