package dev.swax.runtime.kernel.attention;

import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.TileCopy;
import dev.swax.runtime.kernel.tile.TileMath;
import dev.swax.runtime.kernel.tile.TileProduct;
import java.util.Arrays;

/**
 * The gradient of {@link AttentionForward}. Queries and keys are cut into the same blocks; the pair
 * of query block i and key block i - d is a part of phase d. Within a phase no two parts write the
 * same rows of dq, dk or dv, and phases follow one another, so sums have one order for any number
 * of threads.
 *
 * <pre>
 * P = exp(Q Kᵀ - logsumexp);   dS = P * (dY Vᵀ - dy . y)
 * dQ += dS K;   dK += dSᵀ Q;   dV += Pᵀ dY
 * </pre>
 */
final class AttentionBackward implements Task {
  private static final int LARGEST_BLOCK = 512;
  private static final int SMALLEST_BLOCK = 128;

  /** Not a power of two, so that rows do not share cache lines. */
  private static final int STRIDE = LARGEST_BLOCK + 16;

  /** Parts a phase should have, for machines with many cores. */
  private static final int ENOUGH_PARTS = 32;

  private final Team team;
  private final Scratch[] scratches;
  private AttentionCall call = AttentionCall.NONE;
  private AttentionGradientCall gradients = AttentionGradientCall.NONE;
  private int block;
  private int blocks;
  private int phase;

  AttentionBackward(Team team) {
    this.team = team;
    scratches = new Scratch[team.threads()];
    Arrays.setAll(scratches, _ -> new Scratch());
  }

  void run(AttentionGradientCall of) {
    call = of.forward();
    gradients = of;
    int sequences = call.band().batch() * call.shape().keyHeads();
    block = LARGEST_BLOCK;
    while (block > SMALLEST_BLOCK
        && sequences * ((call.band().time() + block - 1) / block) < ENOUGH_PARTS) {
      block /= 2;
    }
    blocks = (call.band().time() + block - 1) / block;
    int phases = Math.min(blocks, 1 + (call.band().reach() - 2 + block) / block);
    for (phase = 0; phase < phases; phase++) {
      team.run(this, sequences * (blocks - phase));
    }
  }

  @Override
  public void run(int part) {
    Scratch s = scratches[team.worker()];
    s.grow(call.shape().headWidth(), block);
    int queryBlock = phase + part % (blocks - phase);
    int sequence = part / (blocks - phase);
    s.sequence = sequence / call.shape().keyHeads();
    s.keyHead = sequence % call.shape().keyHeads();
    s.firstKey = (queryBlock - phase) * block;
    int keyEnd = Math.min(call.band().time(), s.firstKey + block);
    s.firstQuery = queryBlock * block;
    int queryEnd = Math.min(call.band().time(), s.firstQuery + block);
    if (phase > 0) {
      queryEnd = Math.min(queryEnd, keyEnd - 1 + call.band().reach());
    }
    s.queries = queryEnd - s.firstQuery;
    int smallest = findFirstKeys(s);
    if (phase > 0) {
      s.firstKey = Math.max(s.firstKey, smallest);
    }
    s.keys = keyEnd - s.firstKey;
    if (s.keys > 0 && s.queries > 0) {
      pair(s);
    }
  }

  /** The first key of each query; gives the smallest. */
  private int findFirstKeys(Scratch s) {
    int smallest = Integer.MAX_VALUE;
    for (int t = 0; t < s.queries; t++) {
      s.first[t] = call.band().firstKey(s.sequence, s.firstQuery + t);
      smallest = Math.min(smallest, s.first[t]);
    }
    return smallest;
  }

  private void pair(Scratch s) {
    int width = call.shape().headWidth();
    long keys = call.key(s.sequence, s.firstKey, s.keyHead);
    long stride = call.keyStride();
    // v first, in the place of k.
    TileCopy.load(call.v(), keys, stride, s.keys, width, 1f, s.k, 0, s.stride);
    TileCopy.transposePadded(s.k, s.stride, s.keys, width, s.valueColumns, STRIDE);
    TileCopy.load(call.k(), keys, stride, s.keys, width, 1f, s.k, 0, s.stride);
    TileCopy.transposePadded(s.k, s.stride, s.keys, width, s.keyColumns, STRIDE);
    int keyRows = TileProduct.padRows(s.keys);
    Arrays.fill(s.dk, 0, keyRows * s.stride, 0);
    Arrays.fill(s.dv, 0, keyRows * s.stride, 0);
    int group = call.shape().heads() / call.shape().keyHeads();
    for (int h = s.keyHead * group; h < (s.keyHead + 1) * group; h++) {
      head(s, h);
    }
    boolean add = phase > 0;
    TileCopy.store(s.dk, 0, s.stride, s.keys, width, 1f, add, gradients.dk(), keys, stride);
    TileCopy.store(s.dv, 0, s.stride, s.keys, width, 1f, add, gradients.dv(), keys, stride);
  }

  private void head(Scratch s, int h) {
    int width = call.shape().headWidth();
    loadQueries(s, h);
    Arrays.fill(s.dq, 0, TileProduct.padRows(s.queries) * s.stride, 0);
    for (int r = 0; r < s.queries; r += AttentionStripe.QUERIES) {
      int rows = Math.min(AttentionStripe.QUERIES, s.queries - r);
      s.stripe.begin(s.first, r, rows, s.firstKey, s.keys, s.firstQuery + r - s.firstKey);
      if (!s.stripe.isEmpty()) {
        stripe(s, r, rows, width);
      }
    }
    TileCopy.store(
        s.dq,
        0,
        s.stride,
        s.queries,
        width,
        call.scale(),
        phase > 0,
        gradients.dq(),
        call.query(s.sequence, s.firstQuery, h),
        call.queryStride());
  }

  private void loadQueries(Scratch s, int h) {
    int width = call.shape().headWidth();
    long from = call.query(s.sequence, s.firstQuery, h);
    long stride = call.queryStride();
    // y first, in the place of q, for the products with dy.
    TileCopy.load(call.y(), from, stride, s.queries, width, 1f, s.q, 0, s.stride);
    TileCopy.load(gradients.dy(), from, stride, s.queries, width, 1f, s.dy, 0, s.stride);
    for (int t = 0; t < s.queries; t++) {
      s.along[t] = TileMath.dot(s.q, t * s.stride, s.dy, t * s.stride, width);
    }
    TileCopy.gather(
        call.logSumExp(),
        call.sum(s.sequence, s.firstQuery, h),
        call.shape().heads(),
        s.logSumExp,
        s.queries);
    TileCopy.load(call.q(), from, stride, s.queries, width, call.scale(), s.q, 0, s.stride);
  }

  private static void stripe(Scratch s, int query, int rows, int width) {
    int from = query * s.stride;
    s.stripe.multiply(s.q, from, s.stride, s.keyColumns, STRIDE, s.p, width);
    s.stripe.multiply(s.dy, from, s.stride, s.valueColumns, STRIDE, s.ds, width);
    for (int r = 0; r < rows; r++) {
      s.stripe.blank(s.p, r, Float.NEGATIVE_INFINITY);
      int begin = s.stripe.rowFrom(r);
      int end = s.stripe.rowTo(r);
      TileMath.exponentiate(s.p, begin, end, s.logSumExp[query + r]);
      TileMath.addAndMultiply(s.ds, -s.along[query + r], s.p, begin, end);
      s.stripe.clearOthers(s.p, r);
      s.stripe.clearOthers(s.ds, r);
    }
    s.stripe.addWeighted(s.ds, s.k, s.dq, from, s.stride);
    s.stripe.addTransposed(s.ds, s.q, from, s.dk, s.stride);
    s.stripe.addTransposed(s.p, s.dy, from, s.dv, s.stride);
  }

  /** Bytes held between calls. */
  long workspaceBytes() {
    long bytes = 0;
    for (Scratch scratch : scratches) {
      bytes += scratch.bytes();
    }
    return bytes;
  }

  /** A thread's block of queries and block of keys. */
  private static final class Scratch {
    private int sequence;
    private int keyHead;
    private int firstKey;
    private int keys;
    private int firstQuery;
    private int queries;
    private int stride;
    private float[] k = new float[0];
    private float[] dk = new float[0];
    private float[] dv = new float[0];
    private float[] q = new float[0];
    private float[] dy = new float[0];
    private float[] dq = new float[0];
    private float[] keyColumns = new float[0];
    private float[] valueColumns = new float[0];
    private final float[] along = new float[LARGEST_BLOCK];
    private final float[] logSumExp = new float[LARGEST_BLOCK];
    private final int[] first = new int[LARGEST_BLOCK];
    private final AttentionStripe stripe = new AttentionStripe(STRIDE);
    private final float[] p = new float[AttentionStripe.QUERIES * STRIDE];
    private final float[] ds = new float[AttentionStripe.QUERIES * STRIDE];

    void grow(int width, int block) {
      stride = TileProduct.padColumns(width);
      int size = TileProduct.padRows(block) * stride;
      if (k.length < size) {
        k = new float[size];
        dk = new float[size];
        dv = new float[size];
        q = new float[size];
        dy = new float[size];
        dq = new float[size];
      }
      if (keyColumns.length < STRIDE * stride) {
        keyColumns = new float[STRIDE * stride];
        valueColumns = new float[STRIDE * stride];
      }
    }

    long bytes() {
      return 4L * (6 * k.length + 2 * keyColumns.length + 2 * p.length);
    }
  }
}
