package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The first tasks of the backward pass of {@link DeltaKernels}: the gradients of the states at the
 * borders of chunks, and of what every token writes.
 */
public final class DeltaSlopeKernels {
  private DeltaSlopeKernels() {}

  /** Backward: e, the gradient of what is written by the outputs of its chunk. */
  public static void outputSlopes(
      KernelContext context,
      FloatArray dy,
      int dyAt,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth) {
    ChunkProducts.through(
        context,
        dy,
        dyAt,
        dy,
        dyAt,
        dy,
        dyAt,
        dy,
        ChunkProducts.NONE,
        work,
        workAt + DeltaLayout.writtenSlopes(rows, time, heads, keyWidth, valueWidth),
        work,
        workAt,
        0,
        0,
        ChunkProducts.NONE,
        0,
        0,
        DeltaLayout.matrix(1, rows, time, heads, keyWidth, valueWidth),
        1,
        ChunkProducts.NONE,
        ChunkProducts.NONE,
        rows,
        time,
        heads,
        keyWidth,
        valueWidth);
  }

  /** Backward: what the queries of each chunk add to the gradient of the state before it. */
  public static void slopeIncrements(
      KernelContext context,
      FloatArray q,
      int qAt,
      FloatArray dy,
      int dyAt,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth) {
    ChunkProducts.outer(
        context,
        q,
        qAt,
        dy,
        dyAt,
        work,
        workAt,
        DeltaLayout.reads(rows, heads),
        1,
        DeltaLayout.slopes(rows, time, heads, keyWidth, valueWidth),
        MemoryLayout.chunks(time) + 1,
        0,
        0,
        rows,
        time,
        heads,
        keyWidth,
        valueWidth);
  }

  /** Backward: what the writes of each chunk add to it. */
  public static void slopeReads(
      KernelContext context,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth) {
    ChunkProducts.outer(
        context,
        work,
        workAt + DeltaLayout.seen(rows, time, heads, keyWidth, valueWidth),
        work,
        workAt + DeltaLayout.writtenSlopes(rows, time, heads, keyWidth, valueWidth),
        work,
        workAt,
        ChunkProducts.NONE,
        1,
        DeltaLayout.slopes(rows, time, heads, keyWidth, valueWidth),
        MemoryLayout.chunks(time) + 1,
        0,
        1,
        rows,
        time,
        heads,
        keyWidth,
        valueWidth);
  }

  /** Backward: the gradient of the state before each chunk, from the last chunk on. */
  public static void slopeWalk(
      KernelContext context,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth) {
    DeltaSystemKernels.walk(
        context,
        work,
        workAt,
        DeltaLayout.slopes(rows, time, heads, keyWidth, valueWidth),
        1,
        rows,
        time,
        heads,
        keyWidth,
        valueWidth);
  }

  /** Backward: adds to e what comes through the state after the chunk. */
  public static void writeSlopes(
      KernelContext context,
      FloatArray k,
      int kAt,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth) {
    int slopes = DeltaLayout.writtenSlopes(rows, time, heads, keyWidth, valueWidth);
    ChunkProducts.through(
        context,
        k,
        kAt,
        k,
        kAt,
        k,
        kAt,
        work,
        workAt + slopes,
        work,
        workAt + slopes,
        work,
        workAt,
        DeltaLayout.afters(rows, heads),
        1,
        DeltaLayout.slopes(rows, time, heads, keyWidth, valueWidth),
        1,
        0,
        ChunkProducts.NONE,
        0,
        ChunkProducts.NONE,
        ChunkProducts.NONE,
        rows,
        time,
        heads,
        keyWidth,
        valueWidth);
  }

  /** Backward: db. */
  public static void solveSlopes(
      KernelContext context,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth) {
    DeltaSystemKernels.solveTransposed(
        context, work, workAt, rows, time, heads, keyWidth, valueWidth);
  }

  /** Backward: R and Z. See {@link DeltaSystemKernels#scoreSlopes}. */
  public static void scoreSlopes(
      KernelContext context,
      FloatArray dy,
      int dyAt,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth,
      float scale) {
    DeltaSystemKernels.scoreSlopes(
        context, dy, dyAt, work, workAt, rows, time, heads, keyWidth, valueWidth, scale);
  }
}
