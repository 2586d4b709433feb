package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A scan from the empty state on, a thread for each column of each sequence:
 *
 * <pre>
 * h_t = decay_t h_{t-1} + input_t
 * g_t = dy_t + decay_{t+1} g_{t+1};   dinput_t = g_t;   ddecay_t = g_t h_{t-1}
 * </pre>
 *
 * <p>All tensors [rows, columns], the rows being sequences of {@code time} tokens. Token t > 0 of a
 * sequence empties the state before it where {@code firstKeys[row] = t}.
 */
public final class ScanKernels {
  private static final int THREADS = 64;

  private ScanKernels() {}

  /** The grid of both kernels. */
  public static WorkerGrid grid(int batch, int columns) {
    int all = Math.multiplyExact(batch, columns);
    var grid = new WorkerGrid1D(Math.max(1, (all + THREADS - 1) / THREADS) * THREADS);
    grid.setLocalWork(THREADS, 1, 1);
    return grid;
  }

  /** Writes h. */
  public static void forward(
      KernelContext context,
      FloatArray decay,
      int decayAt,
      FloatArray input,
      int inputAt,
      FloatArray h,
      int hAt,
      IntArray firstKeys,
      int rows,
      int time,
      int columns) {
    int i = context.globalIdx;
    if (i < rows / time * columns) {
      int firstRow = i / columns * time;
      int column = i % columns;
      float state = 0f;
      for (int t = 0; t < time; t++) {
        int row = firstRow + t;
        int at = row * columns + column;
        if (firstKeys.get(row) == t) {
          state = 0f;
        }
        state = decay.get(decayAt + at) * state + input.get(inputAt + at);
        h.set(hAt + at, state);
      }
    }
  }

  /** Writes dDecay and, if hasInput is 1, dInput; otherwise that may be any array. */
  public static void backward(
      KernelContext context,
      FloatArray decay,
      int decayAt,
      FloatArray h,
      int hAt,
      FloatArray dy,
      int dyAt,
      FloatArray dDecay,
      int dDecayAt,
      FloatArray dInput,
      int dInputAt,
      int hasInput,
      IntArray firstKeys,
      int rows,
      int time,
      int columns) {
    int i = context.globalIdx;
    if (i < rows / time * columns) {
      int firstRow = i / columns * time;
      int column = i % columns;
      float later = 0f;
      for (int back = 0; back < time; back++) {
        int t = time - 1 - back;
        int row = firstRow + t;
        int at = row * columns + column;
        float g = dy.get(dyAt + at) + later;
        if (hasInput == 1) {
          dInput.set(dInputAt + at, g);
        }
        float before = 0f;
        later = 0f;
        if (t > 0 && firstKeys.get(row) != t) {
          before = h.get(hAt + at - columns);
          later = decay.get(decayAt + at) * g;
        }
        dDecay.set(dDecayAt + at, g * before);
      }
    }
  }
}
