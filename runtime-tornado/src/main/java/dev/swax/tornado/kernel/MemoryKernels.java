package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A memory of the scalar-decay family by chunks of 64 tokens, from the empty state on. A state C^
 * [K, V + 1] has the column n, the sum of the keys, behind the values; values have a 1 there. With
 * the decays of {@link MemoryGateKernels} and the matrices of {@link MemoryScoreKernels}:
 *
 * <pre>
 * C^' = keep C^ + sum_l write_l outer(k_l, v^_l)
 * y_j = read_j scale (q_j . C) / d_j + sum_l A_jl v_l
 *
 * g_j = [dy_j, ds_j]                            (ds_j: gradient of the sum, times d_j)
 * dC^  = keep dC^' + sum_j (read_j scale / d_j) outer(q_j, g_j)
 * dq_j = (read_j scale / d_j) C^ g_j + sum_l R_jl k_l
 * dk_l = write_l dC^' v^_l           + sum_j R_jl q_j
 * dv_l = write_l dC'ᵀ k_l            + sum_j A_jl dy_j
 * </pre>
 *
 * <p>The tasks of the forward pass, in this order: {@link #gates}, {@link #increments}, {@link
 * #scan}, {@link #scores}, {@link #outputs}. Those of the backward pass: {@link #gates}, {@link
 * #increments}, {@link #scan}, {@link MemoryGradientKernels#readout}, {@link
 * MemoryGradientKernels#slopeIncrements}, {@link MemoryGradientKernels#slopeScan}, {@link
 * MemoryGradientKernels#scoreSlopes}, {@link MemoryGradientKernels#gradientOfQueries}, {@link
 * MemoryGradientKernels#gradientOfKeys}, {@link #gradientOfValues}, {@link
 * MemoryGradientKernels#gradientOfGates}. Each has a grid by {@code ...Grid} for the largest batch
 * and time. They share {@link #workspace} floats, which keep nothing from one pass to the other:
 * that is y, divisor and rowMax.
 *
 * <p>q, k, dq, dk [rows, H * K]; v, y, dv, dy [rows, H * V]; gates, divisor and rowMax [rows, H].
 * The rows are sequences of {@code time} tokens. Token t > 0 of a sequence empties the state before
 * it where {@code firstKeys[row] = t}. A gate that is not there has {@code has...} 0 and any array.
 */
public final class MemoryKernels {
  /** The normalizer that divides by nothing. */
  public static final int NONE = 0;

  /** The normalizer {@code q . n}. */
  public static final int SUM = 1;

  /** The normalizer {@code max(|q . n|, 1)}. */
  public static final int MAX_ABS_ONE = 2;

  private static final int CHUNK = MemoryLayout.CHUNK;

  private MemoryKernels() {}

  /** Floats of the workspace of both passes. */
  public static long workspace(int batch, int time, int heads, int keyWidth, int valueWidth) {
    long tokens = (long) batch * time * heads;
    long sequenceHeads = (long) batch * heads;
    long chunks = MemoryLayout.chunks(time);
    return tokens * (MemoryLayout.VECTORS + 2 * MemoryLayout.tiles(keyWidth))
        + sequenceHeads * chunks
        + 2 * sequenceHeads * (chunks + 1) * MemoryLayout.stateSize(keyWidth, valueWidth)
        + 3 * sequenceHeads * chunks * CHUNK * CHUNK;
  }

  /** A group for each head of each sequence: {@link #gates}. */
  public static WorkerGrid headGrid(int batch, int heads) {
    return groups(batch, heads);
  }

  /** A thread for each token of each head: {@link MemoryGradientKernels#readout}. */
  public static WorkerGrid tokenGrid(int batch, int time, int heads) {
    return groups((Math.multiplyExact(batch * time, heads) + CHUNK - 1) / CHUNK, 1);
  }

  /**
   * A thread for each value of a state: {@link #scan} and {@link MemoryGradientKernels#slopeScan}.
   */
  public static WorkerGrid scanGrid(int batch, int heads, int keyWidth, int valueWidth) {
    int size = MemoryLayout.stateSize(keyWidth, valueWidth);
    return groups((Math.multiplyExact(batch * heads, size) + CHUNK - 1) / CHUNK, 1);
  }

  /**
   * A group for each chunk: {@link #scores}, {@link MemoryGradientKernels#scoreSlopes} and {@link
   * MemoryGradientKernels#gradientOfGates}.
   */
  public static WorkerGrid chunkGrid(int batch, int time, int heads) {
    return groups(batch * heads, MemoryLayout.chunks(time));
  }

  /**
   * A group for each tile of each chunk: {@link #outputs} and {@link
   * MemoryGradientKernels#gradientOfValues} with V columns, {@link
   * MemoryGradientKernels#gradientOfQueries} and {@link MemoryGradientKernels#gradientOfKeys} with
   * K.
   */
  public static WorkerGrid columnGrid(int batch, int time, int heads, int columns) {
    return groups(batch * heads * MemoryLayout.chunks(time), MemoryLayout.tiles(columns));
  }

  /**
   * A group for each tile of each state: {@link #increments} and {@link
   * MemoryGradientKernels#slopeIncrements}.
   */
  public static WorkerGrid stateGrid(int batch, int time, int heads, int keyWidth, int valueWidth) {
    int tiles = (keyWidth + CHUNK - 1) / CHUNK * MemoryLayout.tiles(valueWidth + 1);
    return groups(batch * heads * MemoryLayout.chunks(time), tiles);
  }

  private static WorkerGrid groups(int some, int each) {
    int groups = Math.max(1, Math.multiplyExact(some, each));
    var grid = new WorkerGrid1D(Math.multiplyExact(groups, CHUNK));
    grid.setLocalWork(CHUNK, 1, 1);
    return grid;
  }

  /** Both passes: the decays from the gates; writes rowMax. See {@link MemoryGateKernels#gates}. */
  public static void gates(
      KernelContext context,
      FloatArray logInput,
      int logInputAt,
      FloatArray logForget,
      int logForgetAt,
      FloatArray rowMax,
      int rowMaxAt,
      IntArray firstKeys,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int hasInput,
      int hasForget) {
    MemoryGateKernels.gates(
        context,
        logInput,
        logInputAt,
        logForget,
        logForgetAt,
        rowMax,
        rowMaxAt,
        firstKeys,
        work,
        workAt,
        rows,
        time,
        heads,
        keyWidth,
        hasInput,
        hasForget);
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
    MemoryProducts.outer(
        context,
        k,
        kAt,
        v,
        vAt,
        MemoryProducts.ONE,
        work,
        workAt,
        MemoryLayout.writes(rows, heads),
        MemoryLayout.states(rows, time, heads, keyWidth),
        1,
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
    int size = MemoryLayout.stateSize(keyWidth, valueWidth);
    int chunks = MemoryLayout.chunks(time);
    int keeps = workAt + MemoryLayout.keeps(rows, heads, keyWidth);
    int states = workAt + MemoryLayout.states(rows, time, heads, keyWidth);
    int values = MemoryLayout.sequences(rows, time) * heads * size;
    for (int i = context.globalIdx; i < values; i += context.globalGroupSizeX) {
      int at = states + i / size * (chunks + 1) * size + i % size;
      float state = 0f;
      work.set(at, state);
      for (int chunk = 0; chunk < chunks; chunk++) {
        float keep = work.get(keeps + i / size * chunks + chunk);
        state = work.get(at + (chunk + 1) * size) + (keep == 0f ? 0f : keep * state);
        work.set(at + (chunk + 1) * size, state);
      }
    }
  }

  /** Forward: what the tokens of a chunk read of each other; writes the divisor. */
  public static void scores(
      KernelContext context,
      FloatArray q,
      int qAt,
      FloatArray k,
      int kAt,
      FloatArray divisor,
      int divisorAt,
      FloatArray rowMax,
      int rowMaxAt,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth,
      float scale,
      int normalizer) {
    MemoryScoreKernels.forward(
        context,
        q,
        qAt,
        k,
        kAt,
        divisor,
        divisorAt,
        rowMax,
        rowMaxAt,
        work,
        workAt,
        rows,
        time,
        heads,
        keyWidth,
        valueWidth,
        scale,
        normalizer);
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
    MemoryProducts.through(
        context,
        q,
        qAt,
        v,
        vAt,
        v,
        vAt,
        y,
        yAt,
        work,
        workAt,
        0,
        0,
        rows,
        time,
        heads,
        keyWidth,
        valueWidth);
  }
}
