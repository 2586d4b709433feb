package dev.swax.runtime.kernel.matmul;

import static dev.swax.runtime.kernel.matmul.MatmulPanels.COLUMNS;
import static dev.swax.runtime.kernel.matmul.MatmulPanels.DEPTH;
import static dev.swax.runtime.kernel.matmul.MatmulPanels.LEFT_SIZE;
import static dev.swax.runtime.kernel.matmul.MatmulPanels.ROWS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Products of matrices with any strides, on one thread, by packed panels (Goto and van de Geijn
 * 2008). Set {@link #left}, {@link #right} and {@link #out}, then {@link #multiply}. Holds its
 * workspace from the beginning.
 */
final class BlockMatmul {
  /** Rows of the left operand that are packed at once; 288 KiB stay in the second cache. */
  private static final int BLOCK_ROWS = (72 << 10) / DEPTH;

  /** Values of the right operand that stay packed while all rows go by. */
  private static final int RETAINED = 1 << 20;

  private static final int MOST_COLUMNS = 2048;
  private static final int FEWEST_COLUMNS = 640;

  private static final long EDGE_STEP = 4L * COLUMNS;

  private final float[] leftPanels = new float[BLOCK_ROWS / ROWS * LEFT_SIZE + 16];
  private final float[] rightPanels;
  private final float[] strip = new float[MatmulPacking.STRIP];
  private final MemorySegment edge;

  private MemorySegment a = MemorySegment.NULL;
  private long aFrom;
  private long aStride;
  private boolean aTransposed;
  private MemorySegment b = MemorySegment.NULL;
  private long bFrom;
  private long bStride;
  private boolean bTransposed;
  private MemorySegment c = MemorySegment.NULL;
  private long cFrom;
  private long cStride;

  private long packedJob = -1;
  private long packedFrom = -1;

  BlockMatmul(Arena arena) {
    // Every panel has a row to spare, and the last one columns.
    int most = RETAINED + RETAINED / 16 + COLUMNS * 2 * MOST_COLUMNS;
    rightPanels = new float[most];
    edge = arena.allocate((long) ROWS * COLUMNS * Float.BYTES, 64);
  }

  long bytes() {
    return 4L * (leftPanels.length + rightPanels.length + strip.length) + edge.byteSize();
  }

  /** Sets a, or where {@code transposed} aᵀ. {@code from} and {@code stride} count values. */
  void left(MemorySegment matrix, long from, long stride, boolean transposed) {
    a = matrix;
    aFrom = from * Float.BYTES;
    aStride = stride * Float.BYTES;
    aTransposed = transposed;
  }

  /** Sets b, or where {@code transposed} bᵀ. */
  void right(MemorySegment matrix, long from, long stride, boolean transposed) {
    b = matrix;
    bFrom = from * Float.BYTES;
    bStride = stride * Float.BYTES;
    bTransposed = transposed;
  }

  /** Sets c. */
  void out(MemorySegment matrix, long from, long stride) {
    c = matrix;
    cFrom = from * Float.BYTES;
    cStride = stride * Float.BYTES;
  }

  /**
   * {@code c = a b}, or {@code c += a b}. a [m, k], b [k, n], c [m, n]. Calls with the same {@code
   * job}, not negative, have the same right matrix.
   */
  void multiply(int m, int k, int n, boolean accumulate, long job) {
    int columns = columnsAtOnce(k);
    for (int j = 0; j < n; j += columns) {
      int width = Math.min(columns, n - j);
      if ((long) columns * k <= RETAINED) {
        retained(m, k, j, width, accumulate, job);
      } else {
        streamed(m, k, j, width, accumulate);
      }
    }
  }

  private static int columnsAtOnce(int k) {
    int most = Math.min(MOST_COLUMNS, RETAINED / Math.max(1, k)) / COLUMNS * COLUMNS;
    return most < FEWEST_COLUMNS ? MOST_COLUMNS / 2 : most;
  }

  /** The whole depth of b is packed, so that a block of c stays in cache until it is done. */
  private void retained(int m, int k, int j, int width, boolean accumulate, long job) {
    int depth = depthAtOnce(k);
    int blockSize = blockSize(depth, width);
    long from = bFrom + offset(j);
    if (job < 0 || job != packedJob || from != packedFrom) {
      for (int p = 0; p < k; p += depth) {
        packRight(p, Math.min(depth, k - p), j, width, p / depth * blockSize);
      }
      packedJob = job;
      packedFrom = from;
    }
    for (int i = 0; i < m; i += BLOCK_ROWS) {
      int height = Math.min(BLOCK_ROWS, m - i);
      for (int p = 0; p < k || p == 0; p += depth) {
        int part = Math.min(depth, k - p);
        packLeft(i, height, p, part);
        block(i, height, part, j, width, p / depth * blockSize, accumulate || p > 0);
      }
    }
  }

  /** One layer of b is packed at a time. */
  private void streamed(int m, int k, int j, int width, boolean accumulate) {
    int depth = depthAtOnce(k);
    packedJob = -1;
    for (int p = 0; p < k; p += depth) {
      int part = Math.min(depth, k - p);
      packRight(p, part, j, width, 0);
      for (int i = 0; i < m; i += BLOCK_ROWS) {
        int height = Math.min(BLOCK_ROWS, m - i);
        packLeft(i, height, p, part);
        block(i, height, part, j, width, 0, accumulate || p > 0);
      }
    }
  }

  /** Depends on k alone: it decides where sums are rounded. */
  private static int depthAtOnce(int k) {
    int layers = Math.max(1, (k + DEPTH - 1) / DEPTH);
    return Math.max(1, (k + layers - 1) / layers);
  }

  private static int blockSize(int depth, int width) {
    return (width + COLUMNS - 1) / COLUMNS * MatmulPanels.rightSize(depth);
  }

  private long offset(int j) {
    return bTransposed ? j * bStride : 4L * j;
  }

  private void packRight(int p, int depth, int j, int width, int to) {
    if (bTransposed) {
      long from = bFrom + j * bStride + 4L * p;
      MatmulPacking.rightTransposed(b, from, bStride, depth, width, strip, rightPanels, to);
    } else {
      long from = bFrom + p * bStride + 4L * j;
      MatmulPacking.right(b, from, bStride, depth, width, rightPanels, to);
    }
  }

  private void packLeft(int i, int height, int p, int depth) {
    if (aTransposed) {
      long from = aFrom + p * aStride + 4L * i;
      if (MatmulPanels.BY_COLUMNS) {
        MatmulPacking.leftColumns(a, from, aStride, height, depth, leftPanels);
      } else {
        MatmulPacking.leftRowsTransposed(a, from, aStride, height, depth, strip, leftPanels);
      }
    } else {
      long from = aFrom + i * aStride + 4L * p;
      MatmulPacking.leftRows(a, from, aStride, height, depth, leftPanels);
    }
  }

  /** {@code c[i.., j..] (+)= leftPanels rightPanels}. */
  private void block(
      int i, int height, int depth, int j, int width, int rightAt, boolean accumulate) {
    int panelSize = MatmulPanels.rightSize(depth);
    for (int jj = 0; jj < width; jj += COLUMNS) {
      int right = rightAt + jj / COLUMNS * panelSize;
      long to = cFrom + i * cStride + 4L * (j + jj);
      for (int ii = 0; ii < height; ii += ROWS) {
        int left = ii / ROWS * LEFT_SIZE;
        if (height - ii >= ROWS && width - jj >= COLUMNS) {
          if (!accumulate) {
            MatmulPanels.clear(c, to + ii * cStride, cStride);
          }
          tile(left, right, depth, c, to + ii * cStride, cStride);
        } else {
          edge(left, right, depth, to + ii * cStride, height - ii, width - jj, accumulate);
        }
      }
    }
  }

  /** A tile that c has only a part of. */
  private void edge(
      int left, int right, int depth, long to, int height, int width, boolean accumulate) {
    int rows = Math.min(ROWS, height);
    int columns = Math.min(COLUMNS, width);
    MatmulPanels.clear(edge, 0, EDGE_STEP);
    if (accumulate) {
      MatmulPacking.copy(c, to, cStride, edge, 0, EDGE_STEP, rows, columns);
    }
    tile(left, right, depth, edge, 0, EDGE_STEP);
    MatmulPacking.copy(edge, 0, EDGE_STEP, c, to, cStride, rows, columns);
  }

  private void tile(int left, int right, int depth, MemorySegment to, long at, long step) {
    if (aTransposed && MatmulPanels.BY_COLUMNS) {
      MatmulPanels.columns(leftPanels, left, rightPanels, right, depth, to, at, step);
    } else {
      MatmulPanels.rows(leftPanels, left, rightPanels, right, depth, to, at, step);
    }
  }
}
