package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A memory of the vector-decay family by chunks of 64 tokens, from the empty state on. With {@code
 * W_jl = a_{l+1} * ... * a_j}, a vector of K that is a running product, so that nothing is divided
 * and no exponent is above 0:
 *
 * <pre>
 * S'   = diag(keep) S + sum_l outer(after_l k_l, v_l)
 * P_jl = scale (q_j . (W_jl k_l)), l <= j
 * y_j  = (read_j q_j) . S + sum_l P_jl v_l
 *
 * dS   = diag(keep) dS' + sum_j outer(read_j q_j, dy_j)
 * D_jl = scale (dy_j . v_l), l <= j
 * dv_l = (after_l k_l) . dS' + sum_j P_jl dy_j
 * dq_j = read_j (S dy_j) + sum_l D_jl W_jl k_l
 * dk_l = after_l (dS' v_l) + sum_j D_jl W_jl q_j
 * </pre>
 *
 * <p>Reads have the scale in them. A document begins with a decay of 0.
 *
 * <p>The tasks of the forward pass, in this order: {@link #decays}, {@link #increments}, {@link
 * #scan}, {@link #scores}, {@link #outputs}. Those of the backward pass: {@link #decays}, {@link
 * #increments}, {@link #scan}, {@link #scores}, {@link GlaGradientKernels#slopeIncrements}, {@link
 * GlaGradientKernels#slopeScan}, {@link GlaGradientKernels#scoreSlopes}, {@link
 * GlaGradientKernels#gradientOfValues}, {@link GlaGradientKernels#throughState}, {@link
 * GlaGradientKernels#throughSlope}, {@link GlaGradientKernels#pairs}. Each has a grid by {@code
 * ...Grid} for the largest batch and time. They share {@link #workspace} floats, which keep nothing
 * from one pass to the other.
 *
 * <p>q, k, log decay, and their gradients [rows, H * K]; v, y, dv, dy [rows, H * V]. The rows are
 * sequences of {@code time} tokens. Token t > 0 of a sequence empties the state before it where
 * {@code firstKeys[row] = t}.
 */
public final class GlaKernels {
  private static final int CHUNK = MemoryLayout.CHUNK;
  private static final int COLUMNS = MemoryLayout.COLUMNS;
  private static final int LINE = MemoryLayout.LINE;

  private GlaKernels() {}

  /** Floats of the workspace of both passes. */
  public static long workspace(int batch, int time, int heads, int keyWidth, int valueWidth) {
    long sequenceHeads = (long) batch * heads;
    long chunks = MemoryLayout.chunks(time);
    return 3 * sequenceHeads * time * keyWidth
        + sequenceHeads * chunks * keyWidth
        + 2 * sequenceHeads * (chunks + 1) * keyWidth * valueWidth
        + 2 * sequenceHeads * chunks * CHUNK * CHUNK;
  }

  /**
   * A thread for each channel of each chunk: {@link #decays} and {@link GlaGradientKernels#pairs}.
   */
  public static WorkerGrid channelGrid(int batch, int time, int heads, int keyWidth) {
    return threads(Math.multiplyExact(batch * MemoryLayout.chunks(time), heads * keyWidth));
  }

  /**
   * A thread for each number of a state: {@link #scan} and {@link GlaGradientKernels#slopeScan}.
   */
  public static WorkerGrid scanGrid(int batch, int heads, int keyWidth, int valueWidth) {
    return threads(Math.multiplyExact(batch * heads, keyWidth * valueWidth));
  }

  /** A group for each chunk: {@link #scores} and {@link GlaGradientKernels#scoreSlopes}. */
  public static WorkerGrid chunkGrid(int batch, int time, int heads) {
    return groups(batch * heads, MemoryLayout.chunks(time));
  }

  /**
   * A group for each tile of each chunk: {@link #outputs} and {@link
   * GlaGradientKernels#gradientOfValues} with V columns, {@link GlaGradientKernels#throughState}
   * and {@link GlaGradientKernels#throughSlope} with K.
   */
  public static WorkerGrid columnGrid(int batch, int time, int heads, int columns) {
    return groups(batch * heads * MemoryLayout.chunks(time), MemoryLayout.tiles(columns));
  }

  /**
   * A group for each tile of each state: {@link #increments} and {@link
   * GlaGradientKernels#slopeIncrements}.
   */
  public static WorkerGrid stateGrid(int batch, int time, int heads, int keyWidth, int valueWidth) {
    int tiles = (keyWidth + CHUNK - 1) / CHUNK * MemoryLayout.tiles(valueWidth);
    return groups(batch * heads * MemoryLayout.chunks(time), tiles);
  }

  /** Where a gradient of keys that nothing reads may go in the workspace, instead of dk. */
  public static int spareKeys(int rows, int heads, int keyWidth) {
    return GlaLayout.reads(rows, heads, keyWidth);
  }

  /** The same for a gradient of log decay. */
  public static int spareDecays(int rows, int heads, int keyWidth) {
    return GlaLayout.afters(rows, heads, keyWidth);
  }

  private static WorkerGrid threads(int count) {
    return groups((count + CHUNK - 1) / CHUNK, 1);
  }

  private static WorkerGrid groups(int some, int each) {
    int groups = Math.max(1, Math.multiplyExact(some, each));
    var grid = new WorkerGrid1D(Math.multiplyExact(groups, CHUNK));
    grid.setLocalWork(CHUNK, 1, 1);
    return grid;
  }

  /** Both passes: decays, and their products within each chunk. */
  public static void decays(
      KernelContext context,
      FloatArray logDecay,
      int logDecayAt,
      IntArray firstKeys,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      float scale) {
    int columns = heads * keyWidth;
    int chunks = MemoryLayout.chunks(time);
    int reads = workAt + GlaLayout.reads(rows, heads, keyWidth);
    int afters = workAt + GlaLayout.afters(rows, heads, keyWidth);
    int keeps = workAt + GlaLayout.keeps(rows, heads, keyWidth);
    int items = MemoryLayout.sequences(rows, time) * chunks * columns;
    for (int item = context.globalIdx; item < items; item += context.globalGroupSizeX) {
      int column = item % columns;
      int chunk = item / columns % chunks;
      int sequence = item / columns / chunks;
      int from = chunk * CHUNK;
      int to = TornadoMath.min(from + CHUNK, time);
      float product = 1f;
      for (int t = from; t < to; t++) {
        int row = sequence * time + t;
        int at = row * columns + column;
        float decay = TornadoMath.exp(logDecay.get(logDecayAt + at));
        if (t > 0 && firstKeys.get(row) == t) {
          decay = 0f;
        }
        product *= decay;
        work.set(workAt + at, decay);
        work.set(reads + at, scale * product);
      }
      int sequenceHead = sequence * heads + column / keyWidth;
      work.set(keeps + (sequenceHead * chunks + chunk) * keyWidth + column % keyWidth, product);
      float after = 1f;
      for (int t = to - 1; t >= from; t--) {
        int at = (sequence * time + t) * columns + column;
        work.set(afters + at, after);
        after *= work.get(workAt + at);
      }
    }
  }

  /** Both passes: what each chunk adds to the state. */
  public static void increments(
      KernelContext context,
      FloatArray k,
      int kAt,
      FloatArray v,
      int vAt,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth) {
    ChunkProducts.outer(
        context,
        k,
        kAt,
        v,
        vAt,
        work,
        workAt,
        GlaLayout.afters(rows, heads, keyWidth),
        keyWidth,
        GlaLayout.states(rows, time, heads, keyWidth),
        MemoryLayout.chunks(time) + 1,
        1,
        0,
        rows,
        time,
        heads,
        keyWidth,
        valueWidth);
  }

  /** Both passes: the state that enters each chunk. A thread walks through one value of a state. */
  public static void scan(
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
    int states = workAt + GlaLayout.states(rows, time, heads, keyWidth);
    int values = MemoryLayout.sequences(rows, time) * heads * size;
    for (int i = context.globalIdx; i < values; i += context.globalGroupSizeX) {
      int at = states + i / size * (chunks + 1) * size + i % size;
      int row = i % size / valueWidth;
      float state = 0f;
      work.set(at, state);
      for (int chunk = 0; chunk < chunks; chunk++) {
        float keep = work.get(keeps + (i / size * chunks + chunk) * keyWidth + row);
        state = work.get(at + (chunk + 1) * size) + (keep == 0f ? 0f : keep * state);
        work.set(at + (chunk + 1) * size, state);
      }
    }
  }

  /**
   * Both passes: what the tokens of a chunk read of each other, matrix 0. A group is a chunk of a
   * head, a thread a token l: it multiplies its key by one decay after the other.
   */
  public static void scores(
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
      int valueWidth,
      float scale) {
    float[] keys = context.allocateFloatLocalArray(CHUNK * LINE);
    float[] queries = context.allocateFloatLocalArray(CHUNK * COLUMNS);
    float[] decays = context.allocateFloatLocalArray(CHUNK * COLUMNS);
    float[] scores = new float[CHUNK];
    int thread = context.localIdx;
    int groups = context.globalGroupSizeX / CHUNK;
    int chunks = MemoryLayout.chunks(time);
    int matrices = workAt + GlaLayout.matrix(0, rows, time, heads, keyWidth, valueWidth);
    int items = MemoryLayout.sequences(rows, time) * heads * chunks;
    for (int item = context.groupIdx; item < items; item += groups) {
      int head = item / chunks % heads;
      int from = item % chunks * CHUNK;
      int firstRow = item / chunks / heads * time + from;
      int last = TornadoMath.min(CHUNK, time - from) - 1;
      for (int j = 0; j < CHUNK; j++) {
        scores[j] = 0f;
      }
      for (int x0 = 0; x0 < keyWidth; x0 += COLUMNS) {
        int width = TornadoMath.min(COLUMNS, keyWidth - x0);
        for (int e = thread; e < CHUNK * COLUMNS; e += CHUNK) {
          int row = firstRow + TornadoMath.min(e / COLUMNS, last);
          int x = TornadoMath.min(e % COLUMNS, width - 1);
          int at = (row * heads + head) * keyWidth + x0 + x;
          keys[e / COLUMNS * LINE + e % COLUMNS] = k.get(kAt + at);
          queries[e] = q.get(qAt + at);
          decays[e] = work.get(workAt + at);
        }
        context.localBarrier();
        for (int x = 0; x < width; x++) {
          float left = keys[thread * LINE + x];
          for (int j = 0; j < CHUNK; j++) {
            left *= j > thread ? decays[j * COLUMNS + x] : 1f;
            scores[j] += left * queries[j * COLUMNS + x];
          }
        }
        context.localBarrier();
      }
      for (int j = 0; j < CHUNK; j++) {
        float score = thread <= j && j <= last ? scale * scores[j] : 0f;
        work.set(matrices + (item * CHUNK + j) * CHUNK + thread, score);
      }
    }
  }

  /** Forward: writes y. */
  public static void outputs(
      KernelContext context,
      FloatArray q,
      int qAt,
      FloatArray v,
      int vAt,
      FloatArray y,
      int yAt,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth) {
    ChunkProducts.through(
        context,
        q,
        qAt,
        v,
        vAt,
        q,
        qAt,
        q,
        ChunkProducts.NONE,
        y,
        yAt,
        work,
        workAt,
        GlaLayout.reads(rows, heads, keyWidth),
        keyWidth,
        GlaLayout.states(rows, time, heads, keyWidth),
        0,
        0,
        GlaLayout.matrix(0, rows, time, heads, keyWidth, valueWidth),
        0,
        ChunkProducts.NONE,
        ChunkProducts.NONE,
        rows,
        time,
        heads,
        keyWidth,
        valueWidth);
  }
}
