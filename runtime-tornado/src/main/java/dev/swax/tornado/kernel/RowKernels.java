package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Sums over rows of partial results. */
public final class RowKernels {
  private static final int THREADS = 256;

  private RowKernels() {}

  /** The grid of {@link #addParts}: a thread for each column. */
  public static WorkerGrid grid(int columns) {
    var grid = new WorkerGrid1D(Math.max(1, (columns + THREADS - 1) / THREADS) * THREADS);
    grid.setLocalWork(THREADS, 1, 1);
    return grid;
  }

  /**
   * {@code out[c] = sum over parts of partial[part, c]}, in the order of the parts, on top of what
   * out holds if accumulate is 1. No parts: nothing is written. partial [parts, columns].
   */
  public static void addParts(
      KernelContext context,
      FloatArray partial,
      int partialAt,
      int parts,
      int columns,
      FloatArray out,
      int outAt,
      int accumulate) {
    int column = context.globalIdx;
    if (column < columns && parts > 0) {
      float sum = 0f;
      if (accumulate == 1) {
        sum = out.get(outAt + column);
      }
      for (int part = 0; part < parts; part++) {
        sum += partial.get(partialAt + part * columns + column);
      }
      out.set(outAt + column, sum);
    }
  }
}
