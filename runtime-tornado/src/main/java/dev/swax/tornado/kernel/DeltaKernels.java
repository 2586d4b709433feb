package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A memory of the delta-rule family by chunks of 64 tokens, from the empty state on. With the gates
 * of {@link DeltaGateKernels} and the matrices A and P of {@link DeltaSystemKernels}:
 *
 * <pre>
 * w   = b + A w, b_j = write_j v_j - erase_j before_j (k_j . S)
 *     = u + r . S                                      u and r do not depend on S
 * S'  = keep S + sum_l outer(after_l k_l, u_l) + move S,   move = sum_l outer(after_l k_l, r_l)
 * y_j = read_j (q_j . S) + sum_l P_jl w_l
 *
 * e    = Pᵀ dy;   db = e + after k . dS' + Aᵀ db
 * dS   = keep dS' + moveᵀ dS' + sum_j outer(read_j q_j, dy_j) + sum_j outer(r_j, e_j)
 * dq_j = read_j (S dy_j) + sum_l R_jl k_l
 * g_j  = before_j (S db_j) + sum_l Z_jl k_l;   derase_j = -k_j . g_j
 * dk_l = after_l (dS' w_l) + sum_j R_jl q_j - sum_j Z_jl erase_j k_j - erase_l g_l
 * dv_j = write_j db_j;   dwrite_j = v_j . db_j
 * </pre>
 *
 * <p>Reads have the scale in them. The tasks of the forward pass, in this order: {@link #gates},
 * {@link #scores}, {@link #solve}, {@link #increments}, {@link #moves}, {@link #walk}, {@link
 * #writes}, {@link #outputs}. Those of the backward pass: the first seven; then those of {@link
 * DeltaSlopeKernels}, then those of {@link DeltaGradientKernels}, each in the order that they have
 * there. Each has a grid by {@code ...Grid} for the largest batch and time. They share {@link
 * #workspace} floats, which keep nothing from one pass to the other.
 *
 * <p>q, k, dq, dk [rows, H * K]; v, y, dv, dy [rows, H * V]; gates [rows, H]. The rows are
 * sequences of {@code time} tokens. Token t > 0 of a sequence empties the state before it where
 * {@code firstKeys[row] = t}. Without a decay {@code hasDecay} is 0, and its array any.
 */
public final class DeltaKernels {
  private static final int CHUNK = MemoryLayout.CHUNK;

  private DeltaKernels() {}

  /** Floats of the workspace of both passes. */
  public static long workspace(int batch, int time, int heads, int keyWidth, int valueWidth) {
    long tokens = (long) batch * time * heads;
    long sequenceHeads = (long) batch * heads;
    long chunks = MemoryLayout.chunks(time);
    long parts = DeltaLayout.VECTORS + 3L * MemoryLayout.tiles(keyWidth);
    long square = (long) DeltaLayout.MATRICES * CHUNK * CHUNK;
    return tokens * (parts + 3L * valueWidth + 2L * keyWidth)
        + sequenceHeads * chunks * (2 + (long) keyWidth * keyWidth + square)
        + 2 * sequenceHeads * (chunks + 1) * keyWidth * valueWidth;
  }

  /** Groups that have a thread for each column. */
  static int threadTiles(int columns) {
    return (columns + CHUNK - 1) / CHUNK;
  }

  /** A thread for each chunk: {@link #gates}. */
  public static WorkerGrid gateGrid(int batch, int time, int heads) {
    int chunks = Math.multiplyExact(batch * MemoryLayout.chunks(time), heads);
    return groups((chunks + CHUNK - 1) / CHUNK, 1);
  }

  /** A thread for each token of each head: {@code erases} and {@code values}. */
  public static WorkerGrid tokenGrid(int batch, int time, int heads) {
    return groups((Math.multiplyExact(batch * time, heads) + CHUNK - 1) / CHUNK, 1);
  }

  /** A group for each chunk: {@link #scores}, {@code scoreSlopes} and {@code decays}. */
  public static WorkerGrid chunkGrid(int batch, int time, int heads) {
    return groups(batch * heads, MemoryLayout.chunks(time));
  }

  /** A thread for each column of each chunk: {@link #solve} with K + V columns, or V. */
  public static WorkerGrid solveGrid(int batch, int time, int heads, int columns) {
    return groups(batch * heads * MemoryLayout.chunks(time), threadTiles(columns));
  }

  /** A thread for each column of a state: {@link #walk} and {@code slopeWalk}. */
  public static WorkerGrid walkGrid(int batch, int heads, int valueWidth) {
    return groups(batch * heads, threadTiles(valueWidth));
  }

  /** A group for each tile of each chunk: the products with V columns or K. */
  public static WorkerGrid columnGrid(int batch, int time, int heads, int columns) {
    return groups(batch * heads * MemoryLayout.chunks(time), MemoryLayout.tiles(columns));
  }

  /** A group for each tile of what a chunk does to a state: V columns, or K of {@link #moves}. */
  public static WorkerGrid stateGrid(int batch, int time, int heads, int keyWidth, int columns) {
    int tiles = threadTiles(keyWidth) * MemoryLayout.tiles(columns);
    return groups(batch * heads * MemoryLayout.chunks(time), tiles);
  }

  private static WorkerGrid groups(int some, int each) {
    int groups = Math.max(1, Math.multiplyExact(some, each));
    var grid = new WorkerGrid1D(Math.multiplyExact(groups, CHUNK));
    grid.setLocalWork(CHUNK, 1, 1);
    return grid;
  }

  /** Both passes. See {@link DeltaGateKernels#gates}. */
  public static void gates(
      KernelContext context,
      FloatArray erase,
      int eraseAt,
      FloatArray logDecay,
      int logDecayAt,
      IntArray firstKeys,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      float scale,
      int hasDecay) {
    DeltaGateKernels.gates(
        context,
        erase,
        eraseAt,
        logDecay,
        logDecayAt,
        firstKeys,
        work,
        workAt,
        rows,
        time,
        heads,
        keyWidth,
        scale,
        hasDecay);
  }

  /** Both passes: A and P. */
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
    DeltaSystemKernels.scores(
        context, q, qAt, k, kAt, work, workAt, rows, time, heads, keyWidth, valueWidth, scale);
  }

  /** Both passes: u and r. */
  public static void solve(
      KernelContext context,
      FloatArray k,
      int kAt,
      FloatArray v,
      int vAt,
      FloatArray write,
      int writeAt,
      FloatArray work,
      int workAt,
      int rows,
      int time,
      int heads,
      int keyWidth,
      int valueWidth) {
    DeltaSystemKernels.solve(
        context,
        k,
        kAt,
        v,
        vAt,
        write,
        writeAt,
        work,
        workAt,
        rows,
        time,
        heads,
        keyWidth,
        valueWidth);
  }

  /** Both passes: what each chunk adds to the state. */
  public static void increments(
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
    ChunkProducts.outer(
        context,
        k,
        kAt,
        work,
        workAt + DeltaLayout.known(rows, time, heads, keyWidth),
        work,
        workAt,
        DeltaLayout.afters(rows, heads),
        1,
        DeltaLayout.states(rows, time, heads, keyWidth, valueWidth),
        MemoryLayout.chunks(time) + 1,
        1,
        0,
        rows,
        time,
        heads,
        keyWidth,
        valueWidth);
  }

  /** Both passes: how each chunk moves the state. */
  public static void moves(
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
    ChunkProducts.outer(
        context,
        k,
        kAt,
        work,
        workAt + DeltaLayout.seen(rows, time, heads, keyWidth, valueWidth),
        work,
        workAt,
        DeltaLayout.afters(rows, heads),
        1,
        DeltaLayout.moves(rows, time, heads, keyWidth, valueWidth),
        MemoryLayout.chunks(time),
        0,
        0,
        rows,
        time,
        heads,
        keyWidth,
        keyWidth);
  }

  /** Both passes: the state that enters each chunk. */
  public static void walk(
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
        DeltaLayout.states(rows, time, heads, keyWidth, valueWidth),
        0,
        rows,
        time,
        heads,
        keyWidth,
        valueWidth);
  }

  /** Both passes: w. */
  public static void writes(
      KernelContext context,
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
        workAt + DeltaLayout.seen(rows, time, heads, keyWidth, valueWidth),
        work,
        workAt,
        work,
        workAt,
        work,
        workAt + DeltaLayout.known(rows, time, heads, keyWidth),
        work,
        workAt + DeltaLayout.written(rows, time, heads, keyWidth, valueWidth),
        work,
        workAt,
        0,
        0,
        DeltaLayout.states(rows, time, heads, keyWidth, valueWidth),
        0,
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

  /** Forward: writes y. */
  public static void outputs(
      KernelContext context,
      FloatArray q,
      int qAt,
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
        work,
        workAt + DeltaLayout.written(rows, time, heads, keyWidth, valueWidth),
        q,
        qAt,
        q,
        ChunkProducts.NONE,
        y,
        yAt,
        work,
        workAt,
        DeltaLayout.reads(rows, heads),
        1,
        DeltaLayout.states(rows, time, heads, keyWidth, valueWidth),
        0,
        0,
        DeltaLayout.matrix(1, rows, time, heads, keyWidth, valueWidth),
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
