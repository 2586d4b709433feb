package dev.swax.runtime.kernel.attention;

import dev.swax.runtime.kernel.tile.TileMath;
import dev.swax.runtime.kernel.tile.TileProduct;
import java.util.Arrays;

/**
 * A few queries of a tile against its keys, in rows: which keys each group of {@link
 * TileProduct#ROWS} queries sees, and products that leave the others out.
 */
final class AttentionStripe {
  /** Queries of a stripe: a multiple of {@link TileProduct#ROWS}. */
  static final int QUERIES = 48;

  private static final int ROWS = TileProduct.ROWS;
  private static final int LANES = TileProduct.LANES;
  private static final int PANEL = 2 * LANES;

  /** First key that each query sees, and the one after the last; none where they are equal. */
  private final int[] seenFrom = new int[QUERIES];

  private final int[] seenTo = new int[QUERIES];

  /** The same for each group; the first rounded down to whole vectors. */
  private final int[] groupFrom = new int[QUERIES / ROWS];

  private final int[] groupTo = new int[QUERIES / ROWS];
  private final int stride;
  private int rows;
  private int keys;
  private int from;
  private int to;

  /** For tiles whose rows of scores are {@code stride} apart. */
  AttentionStripe(int stride) {
    this.stride = stride;
  }

  /**
   * Begins a stripe. Query r sees keys {@code first[firstAt + r] - key .. last + r} of the {@code
   * keys} in the tile.
   */
  void begin(int[] first, int firstAt, int queries, int key, int tileKeys, int last) {
    clear(queries, tileKeys);
    for (int r = 0; r < rows; r++) {
      see(r, first[firstAt + r] - key, Math.clamp(last + r + 1, 0, keys));
    }
  }

  /**
   * Begins a stripe of the keys below the anchor: every query sees those in the tile but the ones
   * that sees all keys from 0 on, whose first key is 0.
   */
  void beginAnchor(int[] first, int firstAt, int queries, int key, int tileKeys, int anchor) {
    clear(queries, tileKeys);
    for (int r = 0; r < rows; r++) {
      see(r, 0, first[firstAt + r] == 0 ? 0 : Math.clamp((long) anchor - key, 0, keys));
    }
  }

  private void clear(int queries, int tileKeys) {
    rows = queries;
    keys = tileKeys;
    from = keys;
    to = 0;
    Arrays.fill(groupFrom, keys);
    Arrays.fill(groupTo, 0);
  }

  /** Lets query r see the keys of the tile from {@code begin} on, and before {@code end}. */
  private void see(int r, int begin, int end) {
    seenTo[r] = end;
    seenFrom[r] = Math.clamp(begin, 0, end);
    if (seenFrom[r] < end) {
      int g = r / ROWS;
      groupFrom[g] = Math.min(groupFrom[g], seenFrom[r] / LANES * LANES);
      groupTo[g] = Math.max(groupTo[g], end);
      from = Math.min(from, groupFrom[g]);
      to = Math.max(to, end);
    }
  }

  /** Whether no query of the stripe sees a key of the tile. */
  boolean isEmpty() {
    return from >= to;
  }

  int rows() {
    return rows;
  }

  /** Where the row of a query begins among those that its group computes. */
  int rowFrom(int r) {
    return r * stride + groupFrom[r / ROWS];
  }

  /** Where it ends, in whole vectors; no more than {@link #rowFrom} if the group sees nothing. */
  int rowTo(int r) {
    return r * stride + TileProduct.padColumns(groupTo[r / ROWS]);
  }

  /** {@code scores = a columns} where a group sees keys. a [rows, depth], columns [depth, keys]. */
  void multiply(
      float[] a,
      int aFrom,
      int aStride,
      float[] columns,
      int columnStride,
      float[] scores,
      int depth) {
    for (int n = from; n < to; n += PANEL) {
      for (int r = 0; r < rows; r += ROWS) {
        int begin = Math.max(n, groupFrom[r / ROWS]);
        int end = Math.min(n + PANEL, groupTo[r / ROWS]);
        if (begin < end) {
          TileProduct.multiply(
              a,
              aFrom + r * aStride,
              aStride,
              columns,
              begin,
              columnStride,
              scores,
              r * stride + begin,
              stride,
              ROWS,
              end - begin,
              depth,
              false);
        }
      }
    }
  }

  /** {@code scores = cap tanh(scores / cap)} where a group sees keys. */
  void cap(float[] scores, float cap) {
    for (int r = 0; r < rows; r++) {
      TileMath.softCap(scores, rowFrom(r), rowTo(r), cap);
    }
  }

  /** The same; slopes becomes the slope of that, {@code 1 - tanh²}. */
  void cap(float[] scores, float[] slopes, float cap) {
    for (int r = 0; r < rows; r++) {
      TileMath.softCap(scores, rowFrom(r), rowTo(r), cap, slopes);
    }
  }

  /** {@code x = value} for the keys that query r does not see but its group computes. */
  void blank(float[] x, int r, float value) {
    int line = r * stride;
    int begin = groupFrom[r / ROWS];
    int end = TileProduct.padColumns(groupTo[r / ROWS]);
    if (begin >= end) {
      return;
    }
    if (seenFrom[r] >= seenTo[r]) {
      Arrays.fill(x, line + begin, line + end, value);
      return;
    }
    Arrays.fill(x, line + begin, line + seenFrom[r], value);
    Arrays.fill(x, line + seenTo[r], line + end, value);
  }

  /**
   * {@code x = 0} for what {@link #addTransposed} reads in row r beside what its group computes.
   */
  void clearOthers(float[] x, int r) {
    int line = r * stride;
    int first = from / ROWS * ROWS;
    int last = TileProduct.padRows(to);
    int begin = Math.clamp(groupFrom[r / ROWS], first, last);
    int end = Math.clamp(TileProduct.padColumns(groupTo[r / ROWS]), begin, last);
    Arrays.fill(x, line + first, line + begin, 0);
    Arrays.fill(x, line + end, line + last, 0);
  }

  /**
   * {@code c += weights b} over the keys that each group sees. b [keys, width], c [rows, width].
   */
  void addWeighted(float[] weights, float[] b, float[] c, int cFrom, int width) {
    for (int n = 0; n < width; n += PANEL) {
      int columns = Math.min(PANEL, width - n);
      for (int r = 0; r < rows; r += ROWS) {
        int begin = groupFrom[r / ROWS];
        int depth = groupTo[r / ROWS] - begin;
        if (depth > 0) {
          TileProduct.multiply(
              weights,
              r * stride + begin,
              stride,
              b,
              begin * width + n,
              width,
              c,
              cFrom + r * width + n,
              width,
              ROWS,
              columns,
              depth,
              true);
        }
      }
    }
  }

  /**
   * {@code c += weightsᵀ b} over the queries that see each group of keys. b [rows, width], c [keys,
   * width]. Weights must be zero where a query does not see a key.
   */
  void addTransposed(float[] weights, float[] b, int bFrom, float[] c, int width) {
    for (int n = 0; n < width; n += PANEL) {
      int columns = Math.min(PANEL, width - n);
      for (int key = from / ROWS * ROWS; key < to; key += ROWS) {
        int begin = firstRow(key);
        int depth = lastRow(key) - begin;
        if (depth > 0) {
          TileProduct.multiplyTransposed(
              weights,
              begin * stride + key,
              stride,
              b,
              bFrom + begin * width + n,
              width,
              c,
              key * width + n,
              width,
              ROWS,
              columns,
              depth,
              true);
        }
      }
    }
  }

  /** The first query of the first group that sees one of the keys from {@code key} on. */
  private int firstRow(int key) {
    int r = 0;
    while (r < rows && groupTo[r / ROWS] <= key) {
      r += ROWS;
    }
    return r;
  }

  /** After the last query of the last group that sees a key before the end of key's group. */
  private int lastRow(int key) {
    int r = (rows + ROWS - 1) / ROWS * ROWS;
    while (r > 0 && groupFrom[r / ROWS - 1] >= key + ROWS) {
      r -= ROWS;
    }
    return Math.min(r, rows);
  }
}
