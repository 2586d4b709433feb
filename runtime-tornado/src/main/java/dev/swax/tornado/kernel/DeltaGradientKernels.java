package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The last tasks of the backward pass of {@link DeltaKernels}, after {@link DeltaSlopeKernels}: the
 * gradients of the operands.
 */
public final class DeltaGradientKernels {
  private DeltaGradientKernels() {}

  /** Backward: writes dq. */
  public static void queries(
      KernelContext context,
      FloatArray q,
      int qAt,
      FloatArray k,
      int kAt,
      FloatArray dy,
      int dyAt,
      FloatArray dq,
      int dqAt,
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
        k,
        kAt,
        q,
        qAt,
        q,
        ChunkProducts.NONE,
        dq,
        dqAt,
        work,
        workAt,
        DeltaLayout.reads(rows, heads),
        1,
        DeltaLayout.states(rows, time, heads, keyWidth, valueWidth),
        0,
        1,
        DeltaLayout.matrix(2, rows, time, heads, keyWidth, valueWidth),
        0,
        ChunkProducts.NONE,
        DeltaLayout.queryParts(rows, heads),
        rows,
        time,
        heads,
        keyWidth,
        valueWidth);
  }

  /** Backward: g. */
  public static void erased(
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
    ChunkProducts.through(
        context,
        work,
        workAt + DeltaLayout.writtenSlopes(rows, time, heads, keyWidth, valueWidth),
        k,
        kAt,
        k,
        kAt,
        k,
        ChunkProducts.NONE,
        work,
        workAt + DeltaLayout.seenSlopes(rows, time, heads, keyWidth, valueWidth),
        work,
        workAt,
        DeltaLayout.befores(rows, heads),
        1,
        DeltaLayout.states(rows, time, heads, keyWidth, valueWidth),
        0,
        1,
        DeltaLayout.matrix(3, rows, time, heads, keyWidth, valueWidth),
        0,
        ChunkProducts.NONE,
        DeltaLayout.eraseParts(rows, heads, keyWidth),
        rows,
        time,
        heads,
        keyWidth,
        valueWidth);
  }

  /** Backward: writes derase if it is wanted, and multiplies g by -erase. A thread is a token. */
  public static void erases(
      KernelContext context,
      FloatArray k,
      int kAt,
      FloatArray dErase,
      int dEraseAt,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth,
      int wanted) {
    int slopes = workAt + DeltaLayout.seenSlopes(rows, time, heads, keyWidth, valueWidth);
    for (int at = context.globalIdx; at < rows * heads; at += context.globalGroupSizeX) {
      float take = work.get(workAt + at);
      float sum = 0f;
      for (int r = 0; r < keyWidth; r++) {
        float slope = work.get(slopes + at * keyWidth + r);
        sum += k.get(kAt + at * keyWidth + r) * slope;
        work.set(slopes + at * keyWidth + r, take * slope);
      }
      if (wanted > 0) {
        dErase.set(dEraseAt + at, -sum);
      }
    }
  }

  /** Backward: adds to g what dk has through the state after the chunk and by the queries. */
  public static void keys(
      KernelContext context,
      FloatArray q,
      int qAt,
      FloatArray k,
      int kAt,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth) {
    int slopes = DeltaLayout.seenSlopes(rows, time, heads, keyWidth, valueWidth);
    ChunkProducts.through(
        context,
        work,
        workAt + DeltaLayout.written(rows, time, heads, keyWidth, valueWidth),
        q,
        qAt,
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
        1,
        DeltaLayout.matrix(2, rows, time, heads, keyWidth, valueWidth),
        1,
        ChunkProducts.NONE,
        DeltaLayout.keyParts(rows, heads, keyWidth),
        rows,
        time,
        heads,
        keyWidth,
        valueWidth);
  }

  /** Backward: writes dk, adding what later tokens take out. */
  public static void keyPairs(
      KernelContext context,
      FloatArray k,
      int kAt,
      FloatArray dk,
      int dkAt,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth) {
    ChunkProducts.through(
        context,
        k,
        kAt,
        k,
        kAt,
        k,
        kAt,
        work,
        workAt + DeltaLayout.seenSlopes(rows, time, heads, keyWidth, valueWidth),
        dk,
        dkAt,
        work,
        workAt,
        0,
        0,
        ChunkProducts.NONE,
        0,
        1,
        DeltaLayout.matrix(3, rows, time, heads, keyWidth, valueWidth),
        1,
        DeltaLayout.takes(),
        ChunkProducts.NONE,
        rows,
        time,
        heads,
        keyWidth,
        valueWidth);
  }

  /** Backward: writes dv and dwrite where they are wanted. A thread is a token. */
  public static void values(
      KernelContext context,
      FloatArray v,
      int vAt,
      FloatArray write,
      int writeAt,
      FloatArray dv,
      int dvAt,
      FloatArray dWrite,
      int dWriteAt,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth,
      int wantsValues,
      int wantsWrite) {
    int slopes = workAt + DeltaLayout.writtenSlopes(rows, time, heads, keyWidth, valueWidth);
    for (int at = context.globalIdx; at < rows * heads; at += context.globalGroupSizeX) {
      float gate = write.get(writeAt + at);
      float sum = 0f;
      for (int c = 0; c < valueWidth; c++) {
        float slope = work.get(slopes + at * valueWidth + c);
        sum += v.get(vAt + at * valueWidth + c) * slope;
        if (wantsValues > 0) {
          dv.set(dvAt + at * valueWidth + c, gate * slope);
        }
      }
      if (wantsWrite > 0) {
        dWrite.set(dWriteAt + at, sum);
      }
    }
  }

  /** Backward: writes the gradient of log decay. See {@link DeltaGateKernels#gradient}. */
  public static void decays(
      KernelContext context,
      FloatArray dLogDecay,
      int dLogDecayAt,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth) {
    DeltaGateKernels.gradient(
        context, dLogDecay, dLogDecayAt, work, workAt, rows, time, heads, keyWidth, valueWidth);
  }
}
