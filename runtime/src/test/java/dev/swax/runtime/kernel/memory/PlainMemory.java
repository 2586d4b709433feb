package dev.swax.runtime.kernel.memory;

import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A memory as it is written in the papers, in double and without a running maximum: {@code C' = f C
 * + i outer(k, v)}, and the loss {@code <dy, y> + <dState, last state e^-m>} with the m of the
 * scalar kernel, a constant.
 */
final class PlainMemory {
  final double[] q;
  final double[] k;
  final double[] v;
  final double @Nullable [] logInput;
  final double @Nullable [] logForget;

  /** The state before the first token, not stabilised. */
  final double[] initial;

  final double[] y;
  private final double[] dy;
  private final double[] dState;
  private final double[] cell;
  private final double[] lastMax;
  private final double[] rowMax;
  private final MemoryCase made;

  /** Inputs of a case whose forward pass has run; the gradient's may not have. */
  PlainMemory(MemoryCase made) {
    this.made = made;
    q = doubles(made.q);
    k = doubles(made.k);
    v = doubles(made.v);
    logInput = made.logInput == null ? null : doubles(made.logInput);
    logForget = made.logForget == null ? null : doubles(made.logForget);
    dy = doubles(made.dy);
    dState = doubles(made.dState);
    lastMax = doubles(made.stateMax);
    rowMax = doubles(made.rowMax);
    y = new double[v.length];
    initial = doubles(made.initialState);
    int size = made.shape.stateSize() / made.shape.heads();
    for (int i = 0; i < initial.length; i++) {
      initial[i] *= Math.exp(made.initialStateMax.get(i / size));
    }
    cell = new double[size];
  }

  private static double[] doubles(Tensor x) {
    double[] values = new double[(int) x.length()];
    Arrays.setAll(values, x::get);
    return values;
  }

  double largestY() {
    return Arrays.stream(y).map(Math::abs).max().orElse(0);
  }

  /** The loss; leaves y. */
  double run() {
    double loss = 0;
    for (int head = 0; head < made.batch * made.shape.heads(); head++) {
      System.arraycopy(initial, head * cell.length, cell, 0, cell.length);
      for (int t = 0; t < made.time; t++) {
        int row = head / made.shape.heads() * made.time + t;
        int at = row * made.shape.heads() + head % made.shape.heads();
        if (made.resets != null && made.resets[row]) {
          Arrays.fill(cell, 0);
        }
        loss += step(at);
      }
      for (int i = 0; i < cell.length; i++) {
        loss += dState[head * cell.length + i] * cell[i] * Math.exp(-lastMax[head]);
      }
    }
    return loss;
  }

  private double step(int at) {
    int columns = made.shape.stateColumns();
    int width = made.shape.valueWidth();
    double forget = logForget == null ? 1 : Math.exp(logForget[at]);
    double input = logInput == null ? 1 : Math.exp(logInput[at]);
    double[] read = new double[columns];
    for (int r = 0; r < made.shape.keyWidth(); r++) {
      double key = input * k[at * made.shape.keyWidth() + r];
      double query = made.shape.scale() * q[at * made.shape.keyWidth() + r];
      for (int c = 0; c < columns; c++) {
        double value = c < width ? v[at * width + c] : 1;
        cell[r * columns + c] = forget * cell[r * columns + c] + key * value;
        read[c] += query * cell[r * columns + c];
      }
    }
    // The small constant is added to the stabilised divisor, so here it is scaled.
    double epsilon = MemoryDivisor.EPSILON * Math.exp(rowMax[at]);
    double divisor =
        switch (made.shape.normalizer()) {
          case NONE -> 1;
          case SUM -> read[width] + Math.copySign(epsilon, read[width]);
          case MAX_ABS_ONE -> Math.max(Math.abs(read[width]), 1) + epsilon;
        };
    double loss = 0;
    for (int c = 0; c < width; c++) {
      y[at * width + c] = read[c] / divisor;
      loss += dy[at * width + c] * y[at * width + c];
    }
    return loss;
  }
}
