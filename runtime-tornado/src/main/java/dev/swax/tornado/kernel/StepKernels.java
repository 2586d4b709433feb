package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;

/**
 * What the kernels of recurrences that are walked token by token share. The kernels themselves are
 * generated. A thread walks a part, the heads of a sequence that read each other. Number i of a
 * thread lies at {@code i * threads + thread} in the workspace, so that threads read side by side.
 *
 * <p>A thread has {@code fixed} numbers, states at the borders of segments and inside of one; after
 * all threads' come the sums of the gradients of parameters, one for each sequence.
 */
public final class StepKernels {
  private static final int THREADS = 64;

  private StepKernels() {}

  /** Tokens of a segment: the square root of the length, rounded up. */
  public static int segment(int time) {
    int segment = 1;
    for (int next = 1; next * next < time; next++) {
      segment = next + 1;
    }
    return segment;
  }

  /** Floats of the workspace. */
  public static long workspace(
      int batch, int time, int parts, int fixed, int stateLength, int parameters) {
    long each = fixed + 2L * segment(time) * stateLength;
    return (long) batch * parts * each + (long) batch * parameters;
  }

  /** Where the sums of the gradients of parameters begin. */
  public static int sums(int rows, int time, int parts, int fixed, int stateLength) {
    int threads = MemoryLayout.sequences(rows, time) * parts;
    return threads * (fixed + 2 * segment(time) * stateLength);
  }

  /** Sequences of a batch. */
  public static int sequences(int rows, int time) {
    return MemoryLayout.sequences(rows, time);
  }

  /** A thread for each part. */
  public static WorkerGrid grid(int batch, int parts) {
    int all = Math.multiplyExact(batch, parts);
    var grid = new WorkerGrid1D(Math.max(1, (all + THREADS - 1) / THREADS) * THREADS);
    grid.setLocalWork(THREADS, 1, 1);
    return grid;
  }
}
