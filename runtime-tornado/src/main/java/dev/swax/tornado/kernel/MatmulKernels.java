package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid2D;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Products of row-major matrices. A group of 256 threads makes a tile of 64 by 64 of c, each thread
 * 4 by 4 of it; tiles of 64 by 16 of a and of b pass through local memory. If m, k or n is 0,
 * nothing is written.
 */
public final class MatmulKernels {
  /** Rows and columns of a tile of c. */
  private static final int TILE = 64;

  /** Depth of the tiles of a and b. */
  private static final int DEPTH = 16;

  /**
   * Rows of tiles in local memory are this far apart, so that writes across rows do not collide.
   */
  private static final int PITCH = 65;

  private static final int THREADS = 256;

  /** As many groups as keep a large device busy. */
  private static final int GROUPS = 256;

  /** No part of a divided depth is shorter. */
  private static final int SHORTEST_PART = 128;

  private MatmulKernels() {}

  /** The grid of every product with so many rows and columns of c, or fewer rows. */
  public static WorkerGrid grid(int m, int n) {
    return grid(m, n, 1);
  }

  /** The grid of {@link #transposedLeftParts}. */
  public static WorkerGrid grid(int m, int n, int parts) {
    var grid = new WorkerGrid2D(Math.max(1, tiles(n)) * THREADS, Math.max(1, tiles(m)) * parts);
    grid.setLocalWork(THREADS, 1, 1);
    return grid;
  }

  /** In how many parts {@link #transposedLeftParts} is best done; 1: with transposedLeft. */
  public static int parts(int m, int k, int n) {
    int wanted = GROUPS / Math.max(1, tiles(m) * tiles(n));
    return Math.clamp(wanted, 1, Math.max(1, k / SHORTEST_PART));
  }

  private static int tiles(int size) {
    return (size + TILE - 1) / TILE;
  }

  /** {@code c = a b}, or {@code c += a b} if accumulate is 1. a [m, k], b [k, n], c [m, n]. */
  public static void plain(
      KernelContext context,
      FloatArray a,
      int aAt,
      FloatArray b,
      int bAt,
      FloatArray c,
      int cAt,
      int m,
      int k,
      int n,
      int accumulate) {
    int first = context.groupIdy * TILE;
    if (first < m && k > 0) {
      product(context, first, a, aAt, k, 1, b, bAt, n, 1, c, cAt, m, n, 0, k, accumulate);
    }
  }

  /** {@code c = a bᵀ}, or {@code c += a bᵀ}. a [m, k], b [n, k], c [m, n]. */
  public static void transposedRight(
      KernelContext context,
      FloatArray a,
      int aAt,
      FloatArray b,
      int bAt,
      FloatArray c,
      int cAt,
      int m,
      int k,
      int n,
      int accumulate) {
    int first = context.groupIdy * TILE;
    if (first < m && k > 0) {
      product(context, first, a, aAt, k, 1, b, bAt, 1, k, c, cAt, m, n, 0, k, accumulate);
    }
  }

  /** {@code c = aᵀ b}, or {@code c += aᵀ b}. a [k, m], b [k, n], c [m, n]. */
  public static void transposedLeft(
      KernelContext context,
      FloatArray a,
      int aAt,
      FloatArray b,
      int bAt,
      FloatArray c,
      int cAt,
      int m,
      int k,
      int n,
      int accumulate) {
    int first = context.groupIdy * TILE;
    if (first < m && k > 0) {
      product(context, first, a, aAt, 1, m, b, bAt, n, 1, c, cAt, m, n, 0, k, accumulate);
    }
  }

  /**
   * {@code partial[part] = aᵀ b} over one of {@code parts} runs of the depth, for products with few
   * tiles. {@link RowKernels#addParts} adds them up. a [k, m], b [k, n], partial [parts, m, n].
   */
  public static void transposedLeftParts(
      KernelContext context,
      FloatArray a,
      int aAt,
      FloatArray b,
      int bAt,
      FloatArray partial,
      int partialAt,
      int m,
      int k,
      int n,
      int parts) {
    int tileRows = (m + TILE - 1) / TILE;
    int part = context.groupIdy / tileRows;
    int first = (context.groupIdy - part * tileRows) * TILE;
    int steps = (k + DEPTH - 1) / DEPTH;
    int each = (steps + parts - 1) / parts * DEPTH;
    int from = part * each;
    int to = from + each;
    if (to > k) {
      to = k;
    }
    if (part < parts && k > 0) {
      int at = partialAt + part * m * n;
      product(context, first, a, aAt, 1, m, b, bAt, n, 1, partial, at, m, n, from, to, 0);
    }
  }

  /**
   * The tile of c at row {@code first} and the group's column, over the depths from {@code from} to
   * {@code to}. Element (i, p) of a is at {@code aAt + i aRow + p aDepth}, (p, j) of b at {@code
   * bAt + p bDepth + j bColumn}. Thread t makes rows {@code t / 16 + 16 r} and columns {@code t %
   * 16 + 16 s}. Sums are named variables, as a private array might be kept in slow memory; this and
   * the pass through local memory, which cannot be handed to another method, make the method long.
   */
  private static void product(
      KernelContext context,
      int first,
      FloatArray a,
      int aAt,
      int aRow,
      int aDepth,
      FloatArray b,
      int bAt,
      int bDepth,
      int bColumn,
      FloatArray c,
      int cAt,
      int m,
      int n,
      int from,
      int to,
      int accumulate) {
    float[] aTile = context.allocateFloatLocalArray(PITCH * DEPTH);
    float[] bTile = context.allocateFloatLocalArray(PITCH * DEPTH);
    int thread = context.localIdx;
    int tileRow = thread / 16;
    int tileColumn = thread % 16;
    int firstColumn = context.groupIdx * TILE;
    float sum00 = 0f;
    float sum01 = 0f;
    float sum02 = 0f;
    float sum03 = 0f;
    float sum10 = 0f;
    float sum11 = 0f;
    float sum12 = 0f;
    float sum13 = 0f;
    float sum20 = 0f;
    float sum21 = 0f;
    float sum22 = 0f;
    float sum23 = 0f;
    float sum30 = 0f;
    float sum31 = 0f;
    float sum32 = 0f;
    float sum33 = 0f;
    // DEPTH, but unknown to the compiler: it would unroll short loops, and fails on what that
    // makes.
    int step = context.localGroupSizeX / 16;
    for (int depth = from; depth < to; depth += step) {
      for (int i = thread; i < TILE * DEPTH; i += THREADS) {
        // Neighbouring threads read what lies side by side.
        int ap = aDepth == 1 ? i % DEPTH : i / TILE;
        int ai = aDepth == 1 ? i / DEPTH : i % TILE;
        aTile[ap * PITCH + ai] = read(a, aAt, first + ai, m, aRow, depth + ap, to, aDepth);
        int bp = bDepth == 1 ? i % DEPTH : i / TILE;
        int bj = bDepth == 1 ? i / DEPTH : i % TILE;
        bTile[bp * PITCH + bj] = read(b, bAt, firstColumn + bj, n, bColumn, depth + bp, to, bDepth);
      }
      context.localBarrier();
      for (int p = 0; p < DEPTH; p++) {
        int at = p * PITCH;
        float a0 = aTile[at + tileRow];
        float a1 = aTile[at + 16 + tileRow];
        float a2 = aTile[at + 32 + tileRow];
        float a3 = aTile[at + 48 + tileRow];
        float b0 = bTile[at + tileColumn];
        float b1 = bTile[at + 16 + tileColumn];
        float b2 = bTile[at + 32 + tileColumn];
        float b3 = bTile[at + 48 + tileColumn];
        sum00 += a0 * b0;
        sum01 += a0 * b1;
        sum02 += a0 * b2;
        sum03 += a0 * b3;
        sum10 += a1 * b0;
        sum11 += a1 * b1;
        sum12 += a1 * b2;
        sum13 += a1 * b3;
        sum20 += a2 * b0;
        sum21 += a2 * b1;
        sum22 += a2 * b2;
        sum23 += a2 * b3;
        sum30 += a3 * b0;
        sum31 += a3 * b1;
        sum32 += a3 * b2;
        sum33 += a3 * b3;
      }
      context.localBarrier();
    }
    int row = first + tileRow;
    int column = firstColumn + tileColumn;
    store(c, cAt, row, column, m, n, sum00, accumulate);
    store(c, cAt, row, column + 16, m, n, sum01, accumulate);
    store(c, cAt, row, column + 32, m, n, sum02, accumulate);
    store(c, cAt, row, column + 48, m, n, sum03, accumulate);
    store(c, cAt, row + 16, column, m, n, sum10, accumulate);
    store(c, cAt, row + 16, column + 16, m, n, sum11, accumulate);
    store(c, cAt, row + 16, column + 32, m, n, sum12, accumulate);
    store(c, cAt, row + 16, column + 48, m, n, sum13, accumulate);
    store(c, cAt, row + 32, column, m, n, sum20, accumulate);
    store(c, cAt, row + 32, column + 16, m, n, sum21, accumulate);
    store(c, cAt, row + 32, column + 32, m, n, sum22, accumulate);
    store(c, cAt, row + 32, column + 48, m, n, sum23, accumulate);
    store(c, cAt, row + 48, column, m, n, sum30, accumulate);
    store(c, cAt, row + 48, column + 16, m, n, sum31, accumulate);
    store(c, cAt, row + 48, column + 32, m, n, sum32, accumulate);
    store(c, cAt, row + 48, column + 48, m, n, sum33, accumulate);
  }

  /** The element at {@code (i, p)}, 0 beyond the matrix. */
  private static float read(
      FloatArray x, int at, int i, int iEnd, int iStride, int p, int pEnd, int pStride) {
    float value = 0f;
    if (i < iEnd && p < pEnd) {
      value = x.get(at + i * iStride + p * pStride);
    }
    return value;
  }

  private static void store(
      FloatArray c, int cAt, int row, int column, int m, int n, float sum, int accumulate) {
    if (row < m && column < n) {
      int at = cAt + row * n + column;
      float old = 0f;
      if (accumulate == 1) {
        old = c.get(at);
      }
      c.set(at, old + sum);
    }
  }
}
