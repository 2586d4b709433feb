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

  /** Rows and columns of c that a thread makes. */
  private static final int EACH = 4;

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

  /**
   * In how many parts {@link #transposedLeftParts} is best done, m and n being at least 1. Kernels
   * and the host call it.
   */
  public static int parts(int m, int k, int n) {
    int parts = GROUPS / (tiles(m) * tiles(n));
    int most = k / SHORTEST_PART;
    if (parts > most) {
      parts = most;
    }
    if (parts < 1) {
      parts = 1;
    }
    return parts;
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
    int group = context.groupIdy;
    int part = group / tileRows;
    int first = (group - part * tileRows) * TILE;
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
   * 16 + 16 s}. The sums are loops over a private array of a constant size, which the device's
   * compiler unrolls: written out, the method passes what TornadoVM inlines.
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
    float[] sums = new float[EACH * EACH];
    int thread = context.localIdx;
    int tileRow = thread / 16;
    int tileColumn = thread % 16;
    int firstColumn = context.groupIdx * TILE;
    for (int i = 0; i < EACH * EACH; i++) {
      sums[i] = 0f;
    }
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
        for (int y = 0; y < EACH; y++) {
          float left = aTile[p * PITCH + tileRow + 16 * y];
          for (int x = 0; x < EACH; x++) {
            sums[y * EACH + x] = sums[y * EACH + x] + left * bTile[p * PITCH + tileColumn + 16 * x];
          }
        }
      }
      context.localBarrier();
    }
    for (int y = 0; y < EACH; y++) {
      for (int x = 0; x < EACH; x++) {
        int row = first + tileRow + 16 * y;
        int column = firstColumn + tileColumn + 16 * x;
        if (row < m && column < n) {
          int at = cAt + row * n + column;
          float old = 0f;
          if (accumulate == 1) {
            old = c.get(at);
          }
          c.set(at, old + sums[y * EACH + x]);
        }
      }
    }
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
}
