package dev.swax.runtime.kernel.attention;

import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.TileCopy;
import dev.swax.runtime.kernel.tile.TileMath;
import dev.swax.runtime.kernel.tile.TileProduct;
import dev.swax.runtime.kernel.tile.VectorMath;
import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;

/**
 * The band of {@link dev.swax.runtime.kernel.Kernels#attention} in tiles of {@link #QUERIES} by
 * {@link #KEYS}. A part is one tile of queries of one head of one sequence; it goes over the tiles
 * of keys that its queries see and keeps for each query the maximum m, the sum l and the output O
 * so far (online softmax; Milakov and Gimelshein 2018, Dao et al. 2022).
 */
final class AttentionForward implements Task {
  private static final int LANES = TileProduct.LANES;

  /** A multiple of {@link AttentionStripe#QUERIES}. */
  private static final int QUERIES = 192;

  /** A multiple of every vector length; with QUERIES it holds the band of a window of 128. */
  static final int KEYS = 320;

  /** Not a power of two, so that rows do not share cache lines. */
  static final int STRIDE = KEYS + 16;

  /** Below every score, and yet its difference with another is finite. */
  static final float UNSEEN = -1e30f;

  private final Team team;
  private final Scratch[] scratches;
  private AttentionCall call = AttentionCall.NONE;
  private int blocks;

  AttentionForward(Team team) {
    this.team = team;
    scratches = new Scratch[team.threads()];
    Arrays.setAll(scratches, _ -> new Scratch());
  }

  void run(AttentionCall of) {
    call = of;
    blocks = (call.band().time() + QUERIES - 1) / QUERIES;
    team.run(this, call.band().batch() * call.shape().heads() * blocks);
  }

  @Override
  public void run(int part) {
    Scratch scratch = scratches[team.worker()];
    scratch.grow(call.shape());
    int head = part / blocks;
    // Late blocks first: without a window they are the longest.
    int block = blocks - 1 - part % blocks;
    tile(scratch, head / call.shape().heads(), head % call.shape().heads(), block * QUERIES);
  }

  private void tile(Scratch s, int b, int h, int query) {
    int queries = Math.min(QUERIES, call.band().time() - query);
    int width = call.shape().headWidth();
    int keyHead = (int) ((long) h * call.shape().keyHeads() / call.shape().heads());
    TileCopy.load(
        call.q(),
        call.query(b, query, h),
        call.queryStride(),
        queries,
        width,
        call.scale(),
        s.q,
        0,
        s.stride);
    int first = start(s, b, h, query, queries);
    int anchor = s.anchored ? call.band().anchor() : 0;
    for (int key = 0; key < anchor; key += KEYS) {
      int keys = Math.min(KEYS, anchor - key);
      loadKeys(s, b, keyHead, key, keys);
      for (int r = 0; r < queries; r += AttentionStripe.QUERIES) {
        int rows = Math.min(AttentionStripe.QUERIES, queries - r);
        s.stripe.beginAnchor(s.first, r, rows, key, keys, anchor);
        stripe(s, r, rows);
      }
    }
    int end = call.band().past() + query + queries;
    for (int key = first; key < end; key += KEYS) {
      int keys = Math.min(KEYS, end - key);
      loadKeys(s, b, keyHead, key, keys);
      for (int r = 0; r < queries; r += AttentionStripe.QUERIES) {
        int rows = Math.min(AttentionStripe.QUERIES, queries - r);
        s.stripe.begin(s.first, r, rows, key, keys, call.band().past() + query + r - key);
        stripe(s, r, rows);
      }
    }
    finish(s, b, h, query, queries);
  }

  /** Some queries against the keys of the tile that they see. */
  private void stripe(Scratch s, int query, int rows) {
    if (s.stripe.isEmpty()) {
      return;
    }
    int width = call.shape().headWidth();
    s.stripe.multiply(s.q, query * s.stride, s.stride, s.keyColumns, STRIDE, s.scores, width);
    if (call.shape().cap() > 0) {
      s.stripe.cap(s.scores, (float) call.shape().cap());
    }
    softmax(s, query, rows);
    s.stripe.addWeighted(s.scores, s.v, s.output, query * s.valueStride, s.valueStride);
  }

  /**
   * Empties what is kept for each query, but for the sink, which is seen already; gives the first
   * key that any of them sees.
   */
  private int start(Scratch s, int b, int h, int query, int queries) {
    int smallest = Integer.MAX_VALUE;
    s.anchored = false;
    for (int r = 0; r < queries; r++) {
      s.first[r] = call.firstKey(b, query + r);
      s.anchored |= s.first[r] > 0;
      smallest = Math.min(smallest, s.first[r]);
    }
    Tensor sinks = call.sinks();
    Arrays.fill(s.max, 0, queries, sinks == null ? UNSEEN : sinks.get(h));
    Arrays.fill(s.sum, 0, queries, sinks == null ? 0 : 1);
    Arrays.fill(s.output, 0, TileProduct.padRows(queries) * s.valueStride, 0);
    return smallest;
  }

  private void loadKeys(Scratch s, int b, int keyHead, int key, int keys) {
    int width = call.shape().headWidth();
    long from = call.key(b, key, keyHead);
    TileCopy.load(call.k(), from, call.keyStride(), keys, width, 1f, s.k, 0, s.stride);
    TileCopy.transpose(s.k, 0, s.stride, keys, width, s.keyColumns, 0, STRIDE);
    TileCopy.load(
        call.v(),
        call.value(b, key, keyHead),
        call.valueStride(),
        keys,
        call.shape().valueWidth(),
        1f,
        s.v,
        0,
        s.valueStride);
  }

  /** Turns scores into exponentials, and brings m, l and O to the new maximum. */
  private static void softmax(Scratch s, int query, int rows) {
    for (int r = 0; r < rows; r++) {
      s.stripe.blank(s.scores, r, UNSEEN);
      float before = s.max[query + r];
      float max = TileMath.largest(s.scores, s.stripe.rowFrom(r), s.stripe.rowTo(r), before);
      s.max[query + r] = max;
      s.keep[r] = before - max;
    }
    for (int r = 0; r < rows; r++) {
      int from = s.stripe.rowFrom(r);
      int to = s.stripe.rowTo(r);
      // Where no key has been seen yet, the exponentials must still be zero.
      TileMath.exponentiate(s.scores, from, to, Math.max(s.max[query + r], UNSEEN / 2));
      TileMath.sumVectors(s.scores, from, to, s.lanes, r * LANES);
    }
    TileMath.sumLanes(s.lanes, s.sums, rows);
    for (int r = 0; r < rows; r++) {
      float keep = VectorMath.exp(s.keep[r]);
      s.sum[query + r] = s.sum[query + r] * keep + s.sums[r];
      if (keep != 1f) {
        TileMath.scale(
            s.output, (query + r) * s.valueStride, (query + r + 1) * s.valueStride, keep);
      }
    }
  }

  private void finish(Scratch s, int b, int h, int query, int queries) {
    for (int r = 0; r < queries; r++) {
      s.max[r] += VectorMath.log(s.sum[r]);
      s.sum[r] = 1 / s.sum[r];
    }
    TileCopy.scatter(s.max, call.logSumExp(), call.sum(b, query, h), call.shape().heads(), queries);
    TileMath.scaleRows(s.output, s.sum, 0, s.output, s.valueStride, queries);
    TileCopy.store(
        s.output,
        0,
        s.valueStride,
        queries,
        call.shape().valueWidth(),
        1f,
        false,
        call.y(),
        call.output(b, query, h),
        call.outputStride());
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
    private int valueStride;
    private float[] q = new float[0];
    private float[] k = new float[0];
    private float[] v = new float[0];
    private float[] keyColumns = new float[0];
    private float[] output = new float[0];
    private final AttentionStripe stripe = new AttentionStripe(STRIDE);
    private final float[] scores = new float[AttentionStripe.QUERIES * STRIDE];
    private final float[] lanes = new float[AttentionStripe.QUERIES * LANES];
    private final float[] sums = new float[AttentionStripe.QUERIES];
    private final float[] keep = new float[AttentionStripe.QUERIES];
    private final float[] max = new float[QUERIES];
    private final float[] sum = new float[QUERIES];
    private final int[] first = new int[QUERIES];

    /** Whether a query does not see every key before it. */
    private boolean anchored;

    void grow(AttentionShape shape) {
      stride = TileProduct.padColumns(shape.headWidth());
      valueStride = TileProduct.padColumns(shape.valueWidth());
      if (k.length < KEYS * stride) {
        q = new float[QUERIES * stride];
        k = new float[KEYS * stride];
        keyColumns = new float[STRIDE * stride];
      }
      if (v.length < KEYS * valueStride) {
        output = new float[QUERIES * valueStride];
        v = new float[KEYS * valueStride];
      }
    }

    long bytes() {
      return 4L
          * (q.length + output.length + k.length + v.length + keyColumns.length + scores.length);
    }
  }
}
