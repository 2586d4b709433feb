package dev.swax.runtime.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gradient of {@link AttentionForward}. Queries and keys are cut into the same blocks; the pair
 * of query block i and key block i - d is a part of phase d. Within a phase no two parts write the
 * same rows of dq, dk or dv, and phases follow one another, so sums have one order for any number
 * of threads.
 *
 * <p>Inside a part the tiles are transposed, keys down and queries across, so that what belongs to
 * a query (logsumexp, {@code dy . y}, its band) lies along the lanes:
 *
 * <pre>
 * Pᵀ = exp(K Qᵀ - logsumexp);   dSᵀ = Pᵀ * (V dYᵀ - dy . y)
 * dV += Pᵀ dY;   dK += dSᵀ Q;   dQᵀ += Kᵀ dSᵀ
 * </pre>
 */
final class AttentionBackward implements Task {
  private static final VectorSpecies<Float> SPECIES = VectorMath.SPECIES;
  private static final int LANES = TileProduct.LANES;
  private static final int PANEL = 2 * LANES;
  private static final int ROWS = TileProduct.ROWS;

  private static final int LARGEST_BLOCK = 512;
  private static final int SMALLEST_BLOCK = 128;

  /** Parts a phase should have, for machines with many cores. */
  private static final int ENOUGH_PARTS = 32;

  /** Keys of a tile: a multiple of {@link TileProduct#ROWS}. */
  private static final int KEYS = 48;

  /** Queries of a tile: a multiple of every vector length. */
  private static final int QUERIES = 64;

  private final Team team;
  private final AttentionCall call;
  private final Scratch[] scratches;
  private int block;
  private int blocks;
  private int phase;

  AttentionBackward(Team team, AttentionCall call) {
    this.team = team;
    this.call = call;
    scratches = new Scratch[team.threads()];
    Arrays.setAll(scratches, _ -> new Scratch());
  }

  void run() {
    int sequences = call.batch * call.shape.keyHeads();
    block = LARGEST_BLOCK;
    while (block > SMALLEST_BLOCK && sequences * ((call.time + block - 1) / block) < ENOUGH_PARTS) {
      block /= 2;
    }
    blocks = (call.time + block - 1) / block;
    int phases = Math.min(blocks, 1 + (call.window - 2 + block) / block);
    for (phase = 0; phase < phases; phase++) {
      team.run(this, sequences * (blocks - phase));
    }
  }

  @Override
  public void run(int part) {
    Scratch s = scratches[team.worker()];
    s.grow(call.shape.headWidth(), block);
    int queryBlock = phase + part % (blocks - phase);
    int sequence = part / (blocks - phase);
    s.sequence = sequence / call.shape.keyHeads();
    s.keyHead = sequence % call.shape.keyHeads();
    s.firstKey = (queryBlock - phase) * block;
    int keyEnd = Math.min(call.time, s.firstKey + block);
    s.firstQuery = queryBlock * block;
    int queryEnd = Math.min(call.time, s.firstQuery + block);
    if (phase > 0) {
      queryEnd = Math.min(queryEnd, keyEnd - 1 + call.window);
      s.firstKey = Math.max(s.firstKey, smallestKey(s, queryEnd));
    }
    s.keys = keyEnd - s.firstKey;
    s.queries = queryEnd - s.firstQuery;
    if (s.keys > 0 && s.queries > 0) {
      pair(s);
    }
  }

  private int smallestKey(Scratch s, int queryEnd) {
    int smallest = Integer.MAX_VALUE;
    for (int t = s.firstQuery; t < queryEnd; t++) {
      smallest = Math.min(smallest, call.firstKey(s.sequence, t));
    }
    return smallest;
  }

  private void pair(Scratch s) {
    int width = call.shape.headWidth();
    long keys = call.key(s.sequence, s.firstKey, s.keyHead);
    TileCopy.load(call.k, keys, call.keyStride(), s.keys, width, 1f, s.k, 0, s.stride);
    TileCopy.load(call.v, keys, call.keyStride(), s.keys, width, 1f, s.v, 0, s.stride);
    TileCopy.transpose(s.k, 0, s.stride, s.keys, width, s.keyColumns, 0, block);
    int keyRows = TileProduct.padRows(s.keys);
    Arrays.fill(s.dk, 0, keyRows * s.stride, 0);
    Arrays.fill(s.dv, 0, keyRows * s.stride, 0);
    int group = call.shape.heads() / call.shape.keyHeads();
    for (int h = s.keyHead * group; h < (s.keyHead + 1) * group; h++) {
      loadQueries(s, h);
      Arrays.fill(s.dqColumns, 0, TileProduct.padRows(width) * block, 0);
      for (int k0 = 0; k0 < s.keys; k0 += KEYS) {
        for (int q0 = 0; q0 < s.queries; q0 += QUERIES) {
          tile(s, k0, q0, width);
        }
      }
      TileCopy.transpose(s.dqColumns, 0, block, width, s.queries, s.q, 0, s.stride);
      TileCopy.store(
          s.q,
          0,
          s.stride,
          s.queries,
          width,
          call.scale(),
          phase > 0,
          call.dq,
          call.query(s.sequence, s.firstQuery, h),
          call.queryStride());
    }
    TileCopy.store(
        s.dk, 0, s.stride, s.keys, width, 1f, phase > 0, call.dk, keys, call.keyStride());
    TileCopy.store(
        s.dv, 0, s.stride, s.keys, width, 1f, phase > 0, call.dv, keys, call.keyStride());
  }

  private void loadQueries(Scratch s, int h) {
    int width = call.shape.headWidth();
    long from = call.query(s.sequence, s.firstQuery, h);
    long stride = call.queryStride();
    // y first, in the place of q, for the products with dy.
    TileCopy.load(call.y, from, stride, s.queries, width, 1f, s.q, 0, s.stride);
    TileCopy.load(call.dy, from, stride, s.queries, width, 1f, s.dy, 0, s.stride);
    for (int t = 0; t < s.queries; t++) {
      s.along[t] = TileMath.dot(s.q, t * s.stride, s.dy, t * s.stride, width);
      s.logSumExp[t] = call.logSumExp.get(call.sum(s.sequence, s.firstQuery + t, h));
      s.first[t] = call.firstKey(s.sequence, s.firstQuery + t) - s.firstKey;
      s.last[t] = s.firstQuery + t - s.firstKey;
    }
    TileCopy.load(call.q, from, stride, s.queries, width, call.scale(), s.q, 0, s.stride);
    TileCopy.transposePadded(s.q, s.stride, s.queries, width, s.queryColumns, block);
    TileCopy.transposePadded(s.dy, s.stride, s.queries, width, s.dyColumns, block);
    blankLanes(s);
  }

  /** Lanes beyond the last query see no key. */
  private static void blankLanes(Scratch s) {
    int end = TileProduct.padColumns(s.queries);
    for (int t = s.queries; t < end; t++) {
      s.along[t] = 0;
      s.logSumExp[t] = 0;
      s.first[t] = 0;
      s.last[t] = -1;
    }
  }

  private void tile(Scratch s, int k0, int q0, int width) {
    int keys = Math.min(KEYS, s.keys - k0);
    int queries = Math.min(QUERIES, s.queries - q0);
    // Positions of the tile relative to each other: query i is at key i + ahead.
    int ahead = s.firstQuery + q0 - s.firstKey - k0;
    if (ahead + queries - 1 < 0 || ahead - (keys - 1) >= call.window) {
      return;
    }
    for (int r = 0; r < keys; r += ROWS) {
      int from = Math.clamp(r - ahead, 0, queries) / LANES * LANES;
      int to = Math.clamp((long) r + ROWS - 1 - ahead + call.window, 0, queries);
      s.from[r / ROWS] = from;
      s.to[r / ROWS] = to;
      if (from < to) {
        products(s, k0 + r, q0 + from, r * QUERIES + from, to - from, width);
      }
      slopes(s, r, k0, q0, from, TileProduct.padColumns(to));
    }
    keyGradients(s, k0, q0, keys);
    queryGradients(s, k0, q0, keys, queries, ahead, width);
  }

  /** Scores and {@code V dYᵀ} of a group of keys. */
  private void products(Scratch s, int key, int query, int target, int columns, int width) {
    TileProduct.multiply(
        s.k,
        key * s.stride,
        s.stride,
        s.queryColumns,
        query,
        block,
        s.p,
        target,
        QUERIES,
        ROWS,
        columns,
        width,
        false);
    TileProduct.multiply(
        s.v,
        key * s.stride,
        s.stride,
        s.dyColumns,
        query,
        block,
        s.ds,
        target,
        QUERIES,
        ROWS,
        columns,
        width,
        false);
  }

  /** Turns scores into Pᵀ and {@code V dYᵀ} into dSᵀ; both zero outside the band. */
  private static void slopes(Scratch s, int row, int k0, int q0, int from, int to) {
    for (int r = row; r < row + ROWS; r++) {
      int line = r * QUERIES;
      if (from >= to) {
        Arrays.fill(s.p, line, line + QUERIES, 0f);
        Arrays.fill(s.ds, line, line + QUERIES, 0f);
        continue;
      }
      Arrays.fill(s.p, line, line + from, 0f);
      Arrays.fill(s.ds, line, line + from, 0f);
      slopesOfRow(s, line, q0, from, to, k0 + r);
      Arrays.fill(s.p, line + to, line + QUERIES, 0f);
      Arrays.fill(s.ds, line + to, line + QUERIES, 0f);
    }
  }

  private static void slopesOfRow(Scratch s, int line, int q0, int from, int to, int key) {
    exponents(s, line, q0, from, to, key);
    TileMath.exponentiate(s.p, line + from, line + to);
    for (int t = from; t < to; t += LANES) {
      FloatVector.fromArray(SPECIES, s.ds, line + t)
          .sub(FloatVector.fromArray(SPECIES, s.along, q0 + t))
          .mul(FloatVector.fromArray(SPECIES, s.p, line + t))
          .intoArray(s.ds, line + t);
    }
  }

  /** Scores less logsumexp; minus infinity where the query does not see the key. */
  private static void exponents(Scratch s, int line, int q0, int from, int to, float key) {
    FloatVector unseen = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    FloatVector keys = FloatVector.broadcast(SPECIES, key);
    for (int t = from; t < to; t += LANES) {
      VectorMask<Float> before =
          keys.compare(VectorOperators.LT, FloatVector.fromArray(SPECIES, s.first, q0 + t));
      VectorMask<Float> after =
          keys.compare(VectorOperators.GT, FloatVector.fromArray(SPECIES, s.last, q0 + t));
      FloatVector.fromArray(SPECIES, s.p, line + t)
          .sub(FloatVector.fromArray(SPECIES, s.logSumExp, q0 + t))
          .blend(unseen, before.or(after))
          .intoArray(s.p, line + t);
    }
  }

  /** {@code dV += Pᵀ dY} and {@code dK += dSᵀ Q}. */
  private static void keyGradients(Scratch s, int k0, int q0, int keys) {
    for (int n = 0; n < s.stride; n += PANEL) {
      int columns = Math.min(PANEL, s.stride - n);
      for (int r = 0; r < keys; r += ROWS) {
        int from = s.from[r / ROWS];
        int depth = s.to[r / ROWS] - from;
        if (depth > 0) {
          int source = (q0 + from) * s.stride + n;
          int target = (k0 + r) * s.stride + n;
          TileProduct.multiply(
              s.p,
              r * QUERIES + from,
              QUERIES,
              s.dy,
              source,
              s.stride,
              s.dv,
              target,
              s.stride,
              ROWS,
              columns,
              depth,
              true);
          TileProduct.multiply(
              s.ds,
              r * QUERIES + from,
              QUERIES,
              s.q,
              source,
              s.stride,
              s.dk,
              target,
              s.stride,
              ROWS,
              columns,
              depth,
              true);
        }
      }
    }
  }

  /** {@code dQᵀ += Kᵀ dSᵀ}. */
  private void queryGradients(
      Scratch s, int k0, int q0, int keys, int queries, int ahead, int width) {
    for (int n = 0; n < queries; n += PANEL) {
      int from = Math.clamp((long) ahead + n - call.window + 1, 0, keys);
      int to = Math.clamp(ahead + n + PANEL, 0, keys);
      if (from < to) {
        TileProduct.multiply(
            s.keyColumns,
            k0 + from,
            block,
            s.ds,
            from * QUERIES + n,
            QUERIES,
            s.dqColumns,
            q0 + n,
            block,
            width,
            Math.min(PANEL, queries - n),
            to - from,
            true);
      }
    }
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
    private float[] v = new float[0];
    private float[] dk = new float[0];
    private float[] dv = new float[0];
    private float[] q = new float[0];
    private float[] dy = new float[0];
    private float[] keyColumns = new float[0];
    private float[] queryColumns = new float[0];
    private float[] dyColumns = new float[0];
    private float[] dqColumns = new float[0];
    private float[] along = new float[0];
    private float[] logSumExp = new float[0];
    private float[] first = new float[0];
    private float[] last = new float[0];
    private final float[] p = new float[KEYS * QUERIES];
    private final float[] ds = new float[KEYS * QUERIES];
    private final int[] from = new int[KEYS / ROWS];
    private final int[] to = new int[KEYS / ROWS];

    void grow(int width, int block) {
      stride = TileProduct.padColumns(width);
      int rows = TileProduct.padRows(block) * stride;
      int columns = TileProduct.padRows(width) * block;
      if (k.length < rows || dqColumns.length < columns) {
        k = new float[rows];
        v = new float[rows];
        dk = new float[rows];
        dv = new float[rows];
        q = new float[rows];
        dy = new float[rows];
        keyColumns = new float[columns];
        queryColumns = new float[columns];
        dyColumns = new float[columns];
        dqColumns = new float[columns];
      }
      if (along.length < block) {
        along = new float[block];
        logSumExp = new float[block];
        first = new float[block];
        last = new float[block];
      }
    }

    long bytes() {
      return 4L * (6 * k.length + 4 * dqColumns.length + 4 * along.length + 2 * p.length);
    }
  }
}
