package dev.swax.runtime.kernel.attention;

import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.TileCopy;
import dev.swax.runtime.kernel.tile.TileMath;
import dev.swax.runtime.kernel.tile.TileProduct;
import dev.swax.runtime.kernel.tile.VectorMath;
import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
 *
 * <p>Phases beyond the reach of a window have the blocks of keys below the anchor only. A block may
 * have both kinds of keys: then it has two stripes for the same queries.
 *
 * <p>With a cap, dS is also multiplied by its slope. The gradient of a sink is a sum over queries,
 * kept for each block of them and added up in the end.
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

  /** Of blocks of a sequence in the current phase: those of its first keys. */
  private int pairs;

  /** [batch, blocks, heads]. */
  private double[] sinkParts = new double[0];

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
    int phases = Math.min(blocks, 1 + (call.reach() - 2 + block) / block);
    if (call.sinks() != null) {
      int parts = call.band().batch() * blocks * call.shape().heads();
      sinkParts = sinkParts.length < parts ? new double[parts] : sinkParts;
    }
    for (phase = 0; phase < phases; phase++) {
      pairs = blocks - phase;
      team.run(this, sequences * pairs);
    }
    int anchored = (call.band().anchor() + block - 1) / block;
    for (; phase < blocks && anchored > 0; phase++) {
      pairs = Math.min(blocks - phase, anchored);
      team.run(this, sequences * pairs);
    }
    addSinks(of.dSinks());
  }

  private void addSinks(@Nullable Tensor dSinks) {
    int heads = call.shape().heads();
    for (int h = 0; h < heads && dSinks != null; h++) {
      double sum = 0;
      for (int i = 0; i < call.band().batch() * blocks; i++) {
        sum += sinkParts[i * heads + h];
      }
      dSinks.set(h, (float) (dSinks.get(h) + sum));
    }
  }

  @Override
  public void run(int part) {
    Scratch s = scratches[team.worker()];
    s.grow(call.shape(), block);
    int queryBlock = phase + part % pairs;
    int sequence = part / pairs;
    s.sequence = sequence / call.shape().keyHeads();
    s.keyHead = sequence % call.shape().keyHeads();
    s.firstKey = (queryBlock - phase) * block;
    int keyEnd = Math.min(call.band().time(), s.firstKey + block);
    s.firstQuery = queryBlock * block;
    int queryEnd = Math.min(call.band().time(), s.firstQuery + block);
    boolean anchored = s.firstKey < call.band().anchor();
    if (phase > 0 && !anchored) {
      queryEnd = Math.min(queryEnd, keyEnd - 1 + call.reach());
    }
    s.queries = queryEnd - s.firstQuery;
    int smallest = findFirstKeys(s);
    if (phase > 0 && !anchored) {
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
      s.first[t] = call.firstKey(s.sequence, s.firstQuery + t);
      smallest = Math.min(smallest, s.first[t]);
    }
    return smallest;
  }

  private void pair(Scratch s) {
    int width = call.shape().headWidth();
    int valueWidth = call.shape().valueWidth();
    long keys = call.key(s.sequence, s.firstKey, s.keyHead);
    long values = call.value(s.sequence, s.firstKey, s.keyHead);
    // v first, in the place of k.
    TileCopy.load(
        call.v(), values, call.valueStride(), s.keys, valueWidth, 1f, s.k, 0, s.valueStride);
    TileCopy.transposePadded(s.k, s.valueStride, s.keys, valueWidth, s.valueColumns, STRIDE);
    TileCopy.load(call.k(), keys, call.keyStride(), s.keys, width, 1f, s.k, 0, s.stride);
    TileCopy.transposePadded(s.k, s.stride, s.keys, width, s.keyColumns, STRIDE);
    int keyRows = TileProduct.padRows(s.keys);
    Arrays.fill(s.dk, 0, keyRows * s.stride, 0);
    Arrays.fill(s.dv, 0, keyRows * s.valueStride, 0);
    int group = call.shape().heads() / call.shape().keyHeads();
    for (int h = s.keyHead * group; h < (s.keyHead + 1) * group; h++) {
      head(s, h);
    }
    boolean add = phase > 0;
    TileCopy.store(
        s.dk, 0, s.stride, s.keys, width, 1f, add, gradients.dk(), keys, call.keyStride());
    TileCopy.store(
        s.dv,
        0,
        s.valueStride,
        s.keys,
        valueWidth,
        1f,
        add,
        gradients.dv(),
        values,
        call.valueStride());
  }

  private void head(Scratch s, int h) {
    int width = call.shape().headWidth();
    loadQueries(s, h);
    Arrays.fill(s.dq, 0, TileProduct.padRows(s.queries) * s.stride, 0);
    for (int r = 0; r < s.queries; r += AttentionStripe.QUERIES) {
      int rows = Math.min(AttentionStripe.QUERIES, s.queries - r);
      s.stripe.begin(s.first, r, rows, s.firstKey, s.keys, s.firstQuery + r - s.firstKey);
      stripe(s, r, rows);
      if (s.firstKey < call.band().anchor()) {
        s.stripe.beginAnchor(s.first, r, rows, s.firstKey, s.keys, call.band().anchor());
        stripe(s, r, rows);
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
    int valueWidth = call.shape().valueWidth();
    long outputs = call.output(s.sequence, s.firstQuery, h);
    long stride = call.outputStride();
    // y first, in the place of q, for the products with dy.
    TileCopy.load(call.y(), outputs, stride, s.queries, valueWidth, 1f, s.q, 0, s.valueStride);
    TileCopy.load(
        gradients.dy(), outputs, stride, s.queries, valueWidth, 1f, s.dy, 0, s.valueStride);
    for (int t = 0; t < s.queries; t++) {
      s.along[t] = TileMath.dot(s.q, t * s.valueStride, s.dy, t * s.valueStride, valueWidth);
    }
    TileCopy.gather(
        call.logSumExp(),
        call.sum(s.sequence, s.firstQuery, h),
        call.shape().heads(),
        s.logSumExp,
        s.queries);
    if (phase == 0 && call.sinks() != null) {
      keepSink(s, h, call.sinks().get(h));
    }
    TileCopy.load(
        call.q(),
        call.query(s.sequence, s.firstQuery, h),
        call.queryStride(),
        s.queries,
        call.shape().headWidth(),
        call.scale(),
        s.q,
        0,
        s.stride);
  }

  /** In phase 0 each block of queries comes once, and whole. */
  private void keepSink(Scratch s, int h, float sink) {
    double sum = 0;
    for (int t = 0; t < s.queries; t++) {
      sum -= VectorMath.exp(sink - s.logSumExp[t]) * s.along[t];
    }
    int at = s.sequence * blocks + s.firstQuery / block;
    sinkParts[at * call.shape().heads() + h] = sum;
  }

  private void stripe(Scratch s, int query, int rows) {
    if (s.stripe.isEmpty()) {
      return;
    }
    int from = query * s.stride;
    int output = query * s.valueStride;
    AttentionShape shape = call.shape();
    s.stripe.multiply(s.q, from, s.stride, s.keyColumns, STRIDE, s.p, shape.headWidth());
    s.stripe.multiply(
        s.dy, output, s.valueStride, s.valueColumns, STRIDE, s.ds, shape.valueWidth());
    boolean capped = shape.cap() > 0;
    if (capped) {
      s.growSlopes();
      s.stripe.cap(s.p, s.slopes, (float) shape.cap());
    }
    for (int r = 0; r < rows; r++) {
      s.stripe.blank(s.p, r, Float.NEGATIVE_INFINITY);
      int begin = s.stripe.rowFrom(r);
      int end = s.stripe.rowTo(r);
      TileMath.exponentiate(s.p, begin, end, s.logSumExp[query + r]);
      TileMath.addAndMultiply(s.ds, -s.along[query + r], s.p, begin, end);
      if (capped) {
        TileMath.multiply(s.ds, s.slopes, begin, end);
      }
      s.stripe.clearOthers(s.p, r);
      s.stripe.clearOthers(s.ds, r);
    }
    s.stripe.addWeighted(s.ds, s.k, s.dq, from, s.stride);
    s.stripe.addTransposed(s.ds, s.q, from, s.dk, s.stride);
    s.stripe.addTransposed(s.p, s.dy, output, s.dv, s.valueStride);
  }

  /** Bytes held between calls. */
  long workspaceBytes() {
    long bytes = (long) sinkParts.length * Double.BYTES;
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
    private int valueStride;
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
    private float[] slopes = new float[0];

    void grow(AttentionShape shape, int block) {
      stride = TileProduct.padColumns(shape.headWidth());
      valueStride = TileProduct.padColumns(shape.valueWidth());
      // k holds v for a while, and q holds y.
      int widest = Math.max(stride, valueStride);
      int size = TileProduct.padRows(block) * widest;
      if (k.length < size) {
        k = new float[size];
        dk = new float[size];
        dv = new float[size];
        q = new float[size];
        dy = new float[size];
        dq = new float[size];
      }
      if (keyColumns.length < STRIDE * widest) {
        keyColumns = new float[STRIDE * widest];
        valueColumns = new float[STRIDE * widest];
      }
    }

    void growSlopes() {
      if (slopes.length < ds.length) {
        slopes = new float[ds.length];
      }
    }

    long bytes() {
      return 4L * (6 * k.length + 2 * keyColumns.length + 2 * p.length + slopes.length);
    }
  }
}
