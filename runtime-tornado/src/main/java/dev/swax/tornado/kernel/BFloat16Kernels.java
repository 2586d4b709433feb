package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.types.BFloat16;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** Copies between floats and bfloat16, whose bits lie in an array of short. */
public final class BFloat16Kernels {
  private static final int THREADS = 256;

  /** More groups do not make a device faster. */
  private static final int GROUPS = 512;

  private BFloat16Kernels() {}

  /** The grid of both kernels for so many elements or fewer; threads may take several each. */
  public static WorkerGrid grid(long elements) {
    int groups = Math.clamp((elements + THREADS - 1) / THREADS, 1, GROUPS);
    var grid = new WorkerGrid1D(groups * THREADS);
    grid.setLocalWork(THREADS, 1, 1);
    return grid;
  }

  /** {@code halves[to + i] = values[from + i]}, rounded, for {@code i < count}. */
  public static void narrow(
      KernelContext context, FloatArray values, int from, ShortArray halves, int to, int count) {
    int stride = context.globalGroupSizeX;
    for (int i = context.globalIdx; i < count; i += stride) {
      halves.set(to + i, BFloat16.bf16FromFloat(values.get(from + i)));
    }
  }

  /** {@code values[to + i] = halves[from + i]}, on top of what is there if accumulate is 1. */
  public static void widen(
      KernelContext context,
      ShortArray halves,
      int from,
      FloatArray values,
      int to,
      int count,
      int accumulate) {
    int stride = context.globalGroupSizeX;
    for (int i = context.globalIdx; i < count; i += stride) {
      float old = 0f;
      if (accumulate == 1) {
        old = values.get(to + i);
      }
      values.set(to + i, old + BFloat16.bf16ToFloat(halves.get(from + i)));
    }
  }
}
