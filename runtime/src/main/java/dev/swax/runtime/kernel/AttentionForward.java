package dev.swax.runtime.kernel;

import java.util.Arrays;

/**
 * The band of {@link Kernels#attention} in tiles of {@link #QUERIES} by {@link #KEYS}. A part is
 * one tile of queries of one head of one sequence; it goes over the tiles of keys that its queries
 * see and keeps for each query the maximum m, the sum l and the output O so far (online softmax;
 * Milakov and Gimelshein 2018, Dao et al. 2022).
 */
final class AttentionForward implements Task {
  private static final int LANES = TileProduct.LANES;
  private static final int PANEL = 2 * LANES;
  private static final int ROWS = TileProduct.ROWS;

  /** A multiple of {@link TileProduct#ROWS}. */
  private static final int QUERIES = 96;

  /** A multiple of every vector length; with QUERIES it holds the band of a window of 128. */
  private static final int KEYS = 256;

  /** Below every score, and yet its difference with another is finite. */
  private static final float UNSEEN = -1e30f;

  private final Team team;
  private final AttentionCall call;
  private final Scratch[] scratches;
  private int blocks;

  AttentionForward(Team team, AttentionCall call) {
    this.team = team;
    this.call = call;
    scratches = new Scratch[team.threads()];
    Arrays.setAll(scratches, _ -> new Scratch());
  }

  void run() {
    blocks = (call.time + QUERIES - 1) / QUERIES;
    team.run(this, call.batch * call.shape.heads() * blocks);
  }

  @Override
  public void run(int part) {
    Scratch scratch = scratches[team.worker()];
    scratch.grow(call.shape.headWidth());
    int head = part / blocks % call.shape.heads();
    tile(scratch, part / blocks / call.shape.heads(), head, part % blocks * QUERIES);
  }

  private void tile(Scratch s, int b, int h, int from) {
    int rows = Math.min(QUERIES, call.time - from);
    int width = call.shape.headWidth();
    int keyHead = (int) ((long) h * call.shape.keyHeads() / call.shape.heads());
    TileCopy.load(
        call.q,
        call.query(b, from, h),
        call.queryStride(),
        rows,
        width,
        call.scale(),
        s.q,
        0,
        s.stride);
    int first = start(s, b, from, rows);
    int end = call.past + from + rows;
    for (int key = first; key < end; key += KEYS) {
      int keys = Math.min(KEYS, end - key);
      TileCopy.load(
          call.k, call.key(b, key, keyHead), call.keyStride(), keys, width, 1f, s.k, 0, s.stride);
      TileCopy.transpose(s.k, 0, s.stride, keys, width, s.keyColumns, 0, KEYS);
      TileCopy.load(
          call.v, call.key(b, key, keyHead), call.keyStride(), keys, width, 1f, s.v, 0, s.stride);
      int last = call.past + from - key;
      bound(s, rows, key, keys, last);
      scores(s, rows, keys, width);
      softmax(s, rows, key, keys, last);
      values(s, rows);
    }
    finish(s, b, h, from, rows);
  }

  /** Empties what is kept for each query; gives the first key that any of them sees. */
  private int start(Scratch s, int b, int from, int rows) {
    int smallest = Integer.MAX_VALUE;
    for (int r = 0; r < rows; r++) {
      s.first[r] = call.firstKey(b, from + r);
      smallest = Math.min(smallest, s.first[r]);
      s.max[r] = UNSEEN;
      s.sum[r] = 0;
    }
    Arrays.fill(s.output, 0, TileProduct.padRows(rows) * s.stride, 0);
    return smallest;
  }

  /**
   * The columns of the tile that each group of rows sees: from a multiple of the vector length to
   * the last seen.
   */
  private static void bound(Scratch s, int rows, int key, int keys, int last) {
    for (int r = 0; r < rows; r += ROWS) {
      int end = Math.min(rows, r + ROWS);
      int first = Integer.MAX_VALUE;
      for (int i = r; i < end; i++) {
        first = Math.min(first, s.first[i] - key);
      }
      s.from[r / ROWS] = Math.max(0, first) / LANES * LANES;
      s.to[r / ROWS] = Math.min(keys, last + end);
    }
  }

  /** {@code scores = q kᵀ} where the band is. */
  private static void scores(Scratch s, int rows, int keys, int width) {
    for (int n = 0; n < keys; n += PANEL) {
      for (int r = 0; r < rows; r += ROWS) {
        int from = Math.max(n, s.from[r / ROWS]);
        int to = Math.min(n + PANEL, s.to[r / ROWS]);
        if (from < to) {
          TileProduct.multiply(
              s.q,
              r * s.stride,
              s.stride,
              s.keyColumns,
              from,
              KEYS,
              s.scores,
              r * KEYS + from,
              KEYS,
              ROWS,
              to - from,
              width,
              false);
        }
      }
    }
  }

  /** Turns scores into exponentials, and brings m, l and O to the new maximum. */
  private static void softmax(Scratch s, int rows, int key, int keys, int last) {
    for (int r = 0; r < rows; r++) {
      int from = s.from[r / ROWS];
      int to = TileProduct.padColumns(s.to[r / ROWS]);
      if (from >= to) {
        continue;
      }
      int line = r * KEYS;
      int seenFrom = Math.clamp(s.first[r] - key, from, to);
      int seenTo = Math.max(seenFrom, Math.min(keys, last + r + 1));
      Arrays.fill(s.scores, line + from, line + seenFrom, UNSEEN);
      Arrays.fill(s.scores, line + seenTo, line + to, UNSEEN);
      float before = s.max[r];
      float max = TileMath.largest(s.scores, line + from, line + to, before);
      // Where no key has been seen yet, the exponentials must still be zero.
      TileMath.exponentiate(s.scores, line + from, line + to, Math.max(max, UNSEEN / 2));
      float sum = TileMath.sum(s.scores, line + from, line + to);
      float keep = VectorMath.exp(before - max);
      s.max[r] = max;
      s.sum[r] = s.sum[r] * keep + sum;
      if (keep != 1f) {
        TileMath.scale(s.output, r * s.stride, (r + 1) * s.stride, keep);
      }
    }
  }

  /** {@code O += exponentials v}. */
  private static void values(Scratch s, int rows) {
    for (int n = 0; n < s.stride; n += PANEL) {
      int columns = Math.min(PANEL, s.stride - n);
      for (int r = 0; r < rows; r += ROWS) {
        int from = s.from[r / ROWS];
        int depth = s.to[r / ROWS] - from;
        if (depth > 0) {
          TileProduct.multiply(
              s.scores,
              r * KEYS + from,
              KEYS,
              s.v,
              from * s.stride + n,
              s.stride,
              s.output,
              r * s.stride + n,
              s.stride,
              ROWS,
              columns,
              depth,
              true);
        }
      }
    }
  }

  private void finish(Scratch s, int b, int h, int from, int rows) {
    for (int r = 0; r < rows; r++) {
      TileMath.scale(s.output, r * s.stride, (r + 1) * s.stride, 1 / s.sum[r]);
      call.logSumExp.set(call.sum(b, from + r, h), s.max[r] + VectorMath.log(s.sum[r]));
    }
    TileCopy.store(
        s.output,
        0,
        s.stride,
        rows,
        call.shape.headWidth(),
        1f,
        false,
        call.y,
        call.query(b, from, h),
        call.queryStride());
  }

  /** Bytes held between calls. */
  long workspaceBytes() {
    long bytes = 0;
    for (Scratch scratch : scratches) {
      bytes += scratch.bytes();
    }
    return bytes;
  }

  /** A thread's tiles. */
  private static final class Scratch {
    private int stride;
    private float[] q = new float[0];
    private float[] k = new float[0];
    private float[] v = new float[0];
    private float[] keyColumns = new float[0];
    private float[] output = new float[0];
    private final float[] scores = new float[QUERIES * KEYS];
    private final float[] max = new float[QUERIES];
    private final float[] sum = new float[QUERIES];
    private final int[] first = new int[QUERIES];
    private final int[] from = new int[QUERIES / ROWS];
    private final int[] to = new int[QUERIES / ROWS];

    void grow(int width) {
      stride = TileProduct.padColumns(width);
      if (v.length < KEYS * stride) {
        q = new float[QUERIES * stride];
        output = new float[QUERIES * stride];
        k = new float[KEYS * stride];
        v = new float[KEYS * stride];
        keyColumns = new float[KEYS * stride];
      }
    }

    long bytes() {
      return 4L * (2 * q.length + 3 * v.length + scores.length);
    }
  }
}
