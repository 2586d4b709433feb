package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Tasks that only name arrays: TornadoVM moves what a graph's tasks read and write, and nothing
 * else. Each writes a number over itself.
 */
public final class TransferKernels {
  private static final int THREADS = 64;

  private TransferKernels() {}

  /** Names an array. */
  public static void touch(KernelContext context, FloatArray x) {
    if (context.globalIdx == 0) {
      x.set(0, x.get(0));
    }
  }

  /** Names an array of integers. */
  public static void touchIntegers(KernelContext context, IntArray x) {
    if (context.globalIdx == 0) {
      x.set(0, x.get(0));
    }
  }

  /** Names an array of short integers. */
  public static void touchShorts(KernelContext context, ShortArray x) {
    if (context.globalIdx == 0) {
      x.set(0, x.get(0));
    }
  }

  /** Threads for each. */
  public static WorkerGrid grid() {
    var grid = new WorkerGrid1D(THREADS);
    grid.setLocalWork(THREADS, 1, 1);
    return grid;
  }
}
