package dev.swax.runtime.kernel.memory;

import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of {@link ScalarMemory} by going back through time, in double. With every m constant
 * (the output does not depend on it), {@code G^_t = [dy_t / d_t, ds_t]} and {@code ds_t = -(dy_t .
 * y_t) (dd_t / ds_t) / d_t}:
 *
 * <pre>
 * dC^_t += scale outer(q_t, G^_t);   dq_t = scale C^_t G^_t
 * dk_t = i' dC^_t v^_t;   dv^_t = i' dC^_tᵀ k_t;   dlog i_t = k_t . dk_t
 * dlog f_t = f' <dC^_t, C^_{t-1}>;   dC^_{t-1} = f' dC^_t, or zero where a reset lies between
 * </pre>
 *
 * <p>States are recomputed in groups of {@link #GROUP} tokens from the state before each group.
 */
final class ScalarMemoryGradient {
  private static final int GROUP = 64;

  private final MemoryCall call;
  private double[] groupStarts = new double[0];
  private double[] cells = new double[0];
  private double[] maxima = new double[0];
  private double[] slope = new double[0];
  private double[] sums = new double[0];

  ScalarMemoryGradient(MemoryCall call) {
    this.call = call;
  }

  /** What the forward pass kept is computed anew. */
  void run() {
    MemoryShape shape = call.shape;
    int time = call.time;
    int size = shape.keyWidth() * (shape.valueWidth() + 1);
    grow(size, time, shape);
    for (int head = 0; head < call.heads(); head++) {
      maxima[0] = call.initialMax(head);
      ScalarMemory.load(call.state, head, shape, groupStarts, 0);
      for (int from = 0; from < time; from += GROUP) {
        walk(head, from);
      }
      ScalarMemory.load(call.dState, head, shape, slope, 0);
      for (int from = (time - 1) / GROUP * GROUP; from >= 0; from -= GROUP) {
        walk(head, from);
        for (int t = Math.min(time, from + GROUP) - 1; t >= from; t--) {
          long at = call.at(head, t);
          int after = (t - from + 1) * size;
          readBack(at, after, maxima[t + 1]);
          boolean reset = call.resetsBefore(head, t);
          double before = reset ? 0 : maxima[t];
          double keep = Math.exp(ScalarMemory.forget(call.logForget, at) + before - maxima[t + 1]);
          double write = Math.exp(ScalarMemory.gate(call.logInput, at) - maxima[t + 1]);
          double gateSlope = writeBack(at, write);
          put(call.dLogInput, at, gateSlope);
          put(call.dLogForget, at, reset ? 0 : keep * product(after - size, size));
          scaleSlope(reset ? 0 : keep, size);
        }
      }
      if (call.dState != null) {
        ScalarMemory.store(call.dState, head, shape, slope, 0);
      }
    }
  }

  /** Computes the states of a group into {@code cells}, the first being the one before it. */
  private void walk(int head, int from) {
    MemoryShape shape = call.shape;
    int size = shape.keyWidth() * (shape.valueWidth() + 1);
    System.arraycopy(groupStarts, from / GROUP * size, cells, 0, size);
    int to = Math.min(call.time, from + GROUP);
    for (int t = from; t < to; t++) {
      long at = call.at(head, t);
      int before = (t - from) * size;
      double max = maxima[t];
      int source = before;
      if (call.resetsBefore(head, t)) {
        max = 0;
        source = (GROUP + 1) * size; // a cell that stays zero
      }
      maxima[t + 1] = ScalarMemory.nextMax(call.logInput, call.logForget, at, max);
      ScalarMemory.step(call, at, max, maxima[t + 1], cells, source, before + size);
    }
    if (to < call.time) {
      System.arraycopy(cells, (to - from) * size, groupStarts, to / GROUP * size, size);
    }
  }

  private void readBack(long at, int cell, double max) {
    MemoryShape shape = call.shape;
    int width = shape.valueWidth();
    double one = Math.exp(-max);
    double sum = ScalarMemory.read(call, at, cells, cell, sums);
    double divisor = MemoryDivisor.of(shape.normalizer(), sum, one);
    double divides = MemoryDivisor.magnitude(shape.normalizer(), divisor);
    double along = 0;
    for (int c = 0; c < width; c++) {
      double slopeHere = call.dy.get(at * width + c);
      along += slopeHere * sums[c] / divides;
      sums[c] = slopeHere / divides;
    }
    sums[width] = -along * MemoryDivisor.slope(shape.normalizer(), divisor, one);
    for (int r = 0; r < shape.keyWidth(); r++) {
      double query = (double) shape.scale() * call.q.get(at * shape.keyWidth() + r);
      double total = 0;
      for (int c = 0; c <= width; c++) {
        total += cells[cell + r * (width + 1) + c] * sums[c];
        slope[r * (width + 1) + c] += query * sums[c];
      }
      call.dq.set(at * shape.keyWidth() + r, (float) (shape.scale() * total));
    }
  }

  /** Writes dk and dv; gives k . dk. */
  private double writeBack(long at, double write) {
    MemoryShape shape = call.shape;
    int width = shape.valueWidth();
    Arrays.fill(sums, 0, width, 0);
    double along = 0;
    for (int r = 0; r < shape.keyWidth(); r++) {
      double key = call.k.get(at * shape.keyWidth() + r);
      double total = slope[r * (width + 1) + width];
      for (int c = 0; c < width; c++) {
        total += slope[r * (width + 1) + c] * call.v.get(at * width + c);
        sums[c] += write * key * slope[r * (width + 1) + c];
      }
      call.dk.set(at * shape.keyWidth() + r, (float) (write * total));
      along += key * write * total;
    }
    for (int c = 0; c < width; c++) {
      call.dv.set(at * width + c, (float) sums[c]);
    }
    return along;
  }

  private static void put(@Nullable Tensor gradient, long at, double value) {
    if (gradient != null) {
      gradient.set(at, (float) value);
    }
  }

  private double product(int cell, int size) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += slope[i] * cells[cell + i];
    }
    return sum;
  }

  private void scaleSlope(double by, int size) {
    for (int i = 0; i < size; i++) {
      slope[i] *= by;
    }
  }

  private void grow(int size, int time, MemoryShape shape) {
    int starts = Math.max(1, (time + GROUP - 1) / GROUP) * size;
    if (groupStarts.length < starts) {
      groupStarts = new double[starts];
    }
    if (cells.length < (GROUP + 2) * size) {
      cells = new double[(GROUP + 2) * size];
    }
    Arrays.fill(cells, (GROUP + 1) * size, (GROUP + 2) * size, 0);
    if (maxima.length <= time) {
      maxima = new double[time + 1];
    }
    if (slope.length < size) {
      slope = new double[size];
    }
    if (sums.length <= shape.valueWidth()) {
      sums = new double[shape.valueWidth() + 1];
    }
  }

  /** Bytes held between calls. */
  long workspaceBytes() {
    return 8L * (groupStarts.length + cells.length + maxima.length + slope.length + sums.length);
  }
}
