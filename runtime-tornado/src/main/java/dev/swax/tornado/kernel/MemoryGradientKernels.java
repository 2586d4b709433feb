package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The tasks of the backward pass of {@link MemoryKernels}, where the formulas are. */
public final class MemoryGradientKernels {
  private MemoryGradientKernels() {}

  /** Backward: the gradient of what each token read. See {@link MemoryScoreKernels#readout}. */
  public static void readout(
      KernelContext context,
      FloatArray y,
      int yAt,
      FloatArray dy,
      int dyAt,
      FloatArray divisor,
      int divisorAt,
      FloatArray rowMax,
      int rowMaxAt,
      FloatArray work,
      int workAt,
      int rows,
      int heads,
      int valueWidth,
      float scale,
      int normalizer) {
    MemoryScoreKernels.readout(
        context,
        y,
        yAt,
        dy,
        dyAt,
        divisor,
        divisorAt,
        rowMax,
        rowMaxAt,
        work,
        workAt,
        rows,
        heads,
        valueWidth,
        scale,
        normalizer);
  }

  /** Backward: what each chunk adds to the gradient of the state before it. */
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
    MemoryProducts.outer(
        context,
        q,
        qAt,
        dy,
        dyAt,
        MemoryProducts.SUM,
        work,
        workAt,
        MemoryLayout.factors(rows, heads),
        MemoryLayout.slopes(rows, time, heads, keyWidth, valueWidth),
        0,
        rows,
        time,
        heads,
        keyWidth,
        valueWidth);
  }

  /** Backward: the gradient of the state before each chunk, from the last chunk on. */
  public static void slopeScan(
      KernelContext context,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth) {
    int size = MemoryLayout.stateSize(keyWidth, valueWidth);
    int chunks = MemoryLayout.chunks(time);
    int keeps = workAt + MemoryLayout.keeps(rows, heads, keyWidth);
    int slopes = workAt + MemoryLayout.slopes(rows, time, heads, keyWidth, valueWidth);
    int values = MemoryLayout.sequences(rows, time) * heads * size;
    for (int i = context.globalIdx; i < values; i += context.globalGroupSizeX) {
      int at = slopes + i / size * (chunks + 1) * size + i % size;
      float slope = 0f;
      work.set(at + chunks * size, slope);
      for (int chunk = chunks - 1; chunk >= 0; chunk--) {
        float keep = work.get(keeps + i / size * chunks + chunk);
        slope = work.get(at + chunk * size) + (keep == 0f ? 0f : keep * slope);
        work.set(at + chunk * size, slope);
      }
    }
  }

  /** Backward: the gradient of what the tokens of a chunk read of each other. */
  public static void scoreSlopes(
      KernelContext context,
      FloatArray q,
      int qAt,
      FloatArray k,
      int kAt,
      FloatArray v,
      int vAt,
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
    MemoryScoreKernels.backward(
        context,
        q,
        qAt,
        k,
        kAt,
        v,
        vAt,
        dy,
        dyAt,
        work,
        workAt,
        rows,
        time,
        heads,
        keyWidth,
        valueWidth,
        scale);
  }

  /** Backward: writes dq. */
  public static void gradientOfQueries(
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
    MemoryProducts.through(
        context,
        dy,
        dyAt,
        k,
        kAt,
        q,
        qAt,
        dq,
        dqAt,
        work,
        workAt,
        1,
        0,
        rows,
        time,
        heads,
        keyWidth,
        valueWidth);
  }

  /** Backward: writes dk. */
  public static void gradientOfKeys(
      KernelContext context,
      FloatArray q,
      int qAt,
      FloatArray k,
      int kAt,
      FloatArray v,
      int vAt,
      FloatArray dk,
      int dkAt,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth) {
    MemoryProducts.through(
        context,
        v,
        vAt,
        q,
        qAt,
        k,
        kAt,
        dk,
        dkAt,
        work,
        workAt,
        1,
        1,
        rows,
        time,
        heads,
        keyWidth,
        valueWidth);
  }

  /** Backward: writes dv. */
  public static void gradientOfValues(
      KernelContext context,
      FloatArray k,
      int kAt,
      FloatArray dy,
      int dyAt,
      FloatArray dv,
      int dvAt,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth) {
    MemoryProducts.through(
        context,
        k,
        kAt,
        dy,
        dyAt,
        k,
        kAt,
        dv,
        dvAt,
        work,
        workAt,
        0,
        1,
        rows,
        time,
        heads,
        keyWidth,
        valueWidth);
  }

  /** Backward: writes dLogInput and dLogForget. See {@link MemoryGateKernels#gradients}. */
  public static void gradientOfGates(
      KernelContext context,
      FloatArray dLogInput,
      int dLogInputAt,
      FloatArray dLogForget,
      int dLogForgetAt,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth,
      int hasInput,
      int hasForget) {
    MemoryGateKernels.gradients(
        context,
        dLogInput,
        dLogInputAt,
        dLogForget,
        dLogForgetAt,
        work,
        workAt,
        rows,
        time,
        heads,
        keyWidth,
        valueWidth,
        hasInput,
        hasForget);
  }
}
