package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The tasks of the backward pass of {@link GlaKernels}, where the formulas are. */
public final class GlaGradientKernels {
  private static final int CHUNK = MemoryLayout.CHUNK;
  private static final int COLUMNS = MemoryLayout.COLUMNS;
  private static final int LINE = MemoryLayout.LINE;

  private GlaGradientKernels() {}

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
    ChunkProducts.outer(
        context,
        q,
        qAt,
        dy,
        dyAt,
        work,
        workAt,
        GlaLayout.reads(rows, heads, keyWidth),
        keyWidth,
        GlaLayout.slopes(rows, time, heads, keyWidth, valueWidth),
        MemoryLayout.chunks(time) + 1,
        0,
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
    int size = keyWidth * valueWidth;
    int chunks = MemoryLayout.chunks(time);
    int keeps = workAt + GlaLayout.keeps(rows, heads, keyWidth);
    int slopes = workAt + GlaLayout.slopes(rows, time, heads, keyWidth, valueWidth);
    int values = MemoryLayout.sequences(rows, time) * heads * size;
    for (int i = context.globalIdx; i < values; i += context.globalGroupSizeX) {
      int at = slopes + i / size * (chunks + 1) * size + i % size;
      int row = i % size / valueWidth;
      float slope = 0f;
      work.set(at + chunks * size, slope);
      for (int chunk = chunks - 1; chunk >= 0; chunk--) {
        float keep = work.get(keeps + (i / size * chunks + chunk) * keyWidth + row);
        slope = work.get(at + chunk * size) + (keep == 0f ? 0f : keep * slope);
        work.set(at + chunk * size, slope);
      }
    }
  }

  /**
   * Backward: the gradient of what the tokens of a chunk read of each other, matrix 1. A group is a
   * chunk of a head, a thread a token l.
   */
  public static void scoreSlopes(
      KernelContext context,
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
    float[] values = context.allocateFloatLocalArray(CHUNK * LINE);
    float[] slopes = context.allocateFloatLocalArray(CHUNK * COLUMNS);
    float[] products = new float[CHUNK];
    int thread = context.localIdx;
    int groups = context.globalGroupSizeX / CHUNK;
    int chunks = MemoryLayout.chunks(time);
    int matrices = workAt + GlaLayout.matrix(1, rows, time, heads, keyWidth, valueWidth);
    int items = MemoryLayout.sequences(rows, time) * heads * chunks;
    for (int item = context.groupIdx; item < items; item += groups) {
      int head = item / chunks % heads;
      int from = item % chunks * CHUNK;
      int firstRow = item / chunks / heads * time + from;
      int last = TornadoMath.min(CHUNK, time - from) - 1;
      for (int j = 0; j < CHUNK; j++) {
        products[j] = 0f;
      }
      for (int x0 = 0; x0 < valueWidth; x0 += COLUMNS) {
        int width = TornadoMath.min(COLUMNS, valueWidth - x0);
        for (int e = thread; e < CHUNK * COLUMNS; e += CHUNK) {
          int row = firstRow + TornadoMath.min(e / COLUMNS, last);
          int x = TornadoMath.min(e % COLUMNS, width - 1);
          int at = (row * heads + head) * valueWidth + x0 + x;
          values[e / COLUMNS * LINE + e % COLUMNS] = v.get(vAt + at);
          slopes[e] = dy.get(dyAt + at);
        }
        context.localBarrier();
        for (int x = 0; x < width; x++) {
          float value = values[thread * LINE + x];
          for (int j = 0; j < CHUNK; j++) {
            products[j] += value * slopes[j * COLUMNS + x];
          }
        }
        context.localBarrier();
      }
      for (int j = 0; j < CHUNK; j++) {
        float slope = thread <= j && j <= last ? scale * products[j] : 0f;
        work.set(matrices + (item * CHUNK + j) * CHUNK + thread, slope);
      }
    }
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
    ChunkProducts.through(
        context,
        k,
        kAt,
        dy,
        dyAt,
        k,
        kAt,
        k,
        ChunkProducts.NONE,
        dv,
        dvAt,
        work,
        workAt,
        GlaLayout.afters(rows, heads, keyWidth),
        keyWidth,
        GlaLayout.slopes(rows, time, heads, keyWidth, valueWidth),
        1,
        0,
        GlaLayout.matrix(0, rows, time, heads, keyWidth, valueWidth),
        1,
        ChunkProducts.NONE,
        ChunkProducts.NONE,
        rows,
        time,
        heads,
        keyWidth,
        valueWidth);
  }

  /** Backward: the part of dq that goes through the state before the chunk. */
  public static void throughState(
      KernelContext context,
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
        dy,
        dyAt,
        dy,
        dyAt,
        dy,
        ChunkProducts.NONE,
        dq,
        dqAt,
        work,
        workAt,
        GlaLayout.reads(rows, heads, keyWidth),
        keyWidth,
        GlaLayout.states(rows, time, heads, keyWidth),
        0,
        1,
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

  /** Backward: the part of dk that goes through the state after the chunk. */
  public static void throughSlope(
      KernelContext context,
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
    ChunkProducts.through(
        context,
        v,
        vAt,
        v,
        vAt,
        v,
        vAt,
        v,
        ChunkProducts.NONE,
        dk,
        dkAt,
        work,
        workAt,
        GlaLayout.afters(rows, heads, keyWidth),
        keyWidth,
        GlaLayout.slopes(rows, time, heads, keyWidth, valueWidth),
        1,
        1,
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

  /**
   * Backward: adds to dq and dk what the tokens of a chunk read of each other, and writes the
   * gradient of log decay, a sum of all that passes token m, so that nothing cancels:
   *
   * <pre>
   * dlog a_m = sum over j >= m of q_j dq_j + sum over l < m of k_l dk_l      (the parts that are there)
   *          + keep (sum over columns of S * dS') + sum over l < m <= j of D_jl q_j W_jl k_l
   * </pre>
   *
   * <p>A thread is a channel of a chunk. For each token l, {@code B_m}, the sum over {@code j >= m}
   * of {@code D_jl q_j W_jm}, is made from the end of the chunk on; B_l is of dk.
   */
  public static void pairs(
      KernelContext context,
      FloatArray q,
      int qAt,
      FloatArray k,
      int kAt,
      FloatArray dq,
      int dqAt,
      FloatArray dk,
      int dkAt,
      FloatArray dLogDecay,
      int dLogDecayAt,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth) {
    float[] later = new float[CHUNK];
    float[] querySlopes = new float[CHUNK];
    float[] decaySlopes = new float[CHUNK];
    int columns = heads * keyWidth;
    int size = keyWidth * valueWidth;
    int chunks = MemoryLayout.chunks(time);
    int keeps = workAt + GlaLayout.keeps(rows, heads, keyWidth);
    int states = workAt + GlaLayout.states(rows, time, heads, keyWidth);
    int slopes = workAt + GlaLayout.slopes(rows, time, heads, keyWidth, valueWidth);
    int matrices = workAt + GlaLayout.matrix(1, rows, time, heads, keyWidth, valueWidth);
    int items = MemoryLayout.sequences(rows, time) * chunks * columns;
    for (int item = context.globalIdx; item < items; item += context.globalGroupSizeX) {
      int column = item % columns;
      int chunk = item / columns % chunks;
      int sequence = item / columns / chunks;
      int sequenceHead = sequence * heads + column / keyWidth;
      int first = (sequence * time + chunk * CHUNK) * columns + column;
      int tokens = TornadoMath.min(CHUNK, time - chunk * CHUNK);
      int matrix = matrices + (sequenceHead * chunks + chunk) * CHUNK * CHUNK;
      for (int j = 0; j < CHUNK; j++) {
        later[j] = 0f;
        querySlopes[j] = 0f;
        decaySlopes[j] = 0f;
      }
      int slot = (sequenceHead * (chunks + 1) + chunk) * size + column % keyWidth * valueWidth;
      float passing = 0f;
      for (int c = 0; c < valueWidth; c++) {
        passing += work.get(states + slot + c) * work.get(slopes + slot + size + c);
      }
      float keep = work.get(keeps + (sequenceHead * chunks + chunk) * keyWidth + column % keyWidth);
      passing = keep == 0f ? 0f : keep * passing;
      for (int l = 0; l < tokens; l++) {
        float sum = 0f;
        for (int j = tokens - 1; j >= l; j--) {
          int at = first + j * columns;
          sum += work.get(matrix + j * CHUNK + l) * q.get(qAt + at);
          later[j] = sum;
          sum *= work.get(workAt + at);
        }
        int own = first + l * columns;
        float key = k.get(kAt + own);
        float slope = dk.get(dkAt + own);
        decaySlopes[l] += passing;
        passing += key * slope;
        dk.set(dkAt + own, slope + later[l]);
        querySlopes[l] += key * work.get(matrix + l * CHUNK + l);
        float left = key;
        for (int j = l + 1; j < tokens; j++) {
          left *= work.get(workAt + first + j * columns);
          querySlopes[j] += left * work.get(matrix + j * CHUNK + l);
          decaySlopes[j] += left * later[j];
        }
      }
      float suffix = 0f;
      for (int j = tokens - 1; j >= 0; j--) {
        int at = first + j * columns;
        float slope = dq.get(dqAt + at);
        suffix += slope * q.get(qAt + at);
        dq.set(dqAt + at, slope + querySlopes[j]);
        dLogDecay.set(dLogDecayAt + at, decaySlopes[j] + suffix);
      }
    }
  }
}
