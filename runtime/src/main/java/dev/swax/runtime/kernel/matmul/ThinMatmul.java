package dev.swax.runtime.kernel.matmul;

import static dev.swax.runtime.kernel.matmul.MatmulPanels.LANES;
import static dev.swax.runtime.kernel.matmul.MatmulPanels.SPECIES;

import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;

/**
 * Products of many rows with a matrix that is at most one vector wide: each row is read where it
 * lies, and its result is one vector, or half of one that two rows share. Threads share the rows. A
 * value gets its products one by one, as in {@link MatmulPanels}, so it has the same bits.
 */
final class ThinMatmul implements Task {
  /** Rows of a part. */
  private static final int BLOCK = 128;

  /** Values of a row that are copied at once, to be read from an array. */
  static final int DEPTH = 256;

  /** Vectors of results at once. */
  static final int VECTORS = 8;

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

  private final Team team;
  private float[] narrow = new float[0];

  /** Of each thread: a piece of some rows, the same of pairs of rows, and their sums. */
  private final float[][] lines;

  private final double[][] pairs;
  private final float[][] sums;
  private MemorySegment rows = MemorySegment.NULL;
  private MemorySegment c = MemorySegment.NULL;
  private int count;
  private int depth;
  private int width;

  /** Rows of a vector. Their results for a column are neighbours in it. */
  private int group;

  private long rowStep;
  private long laneStep;
  private boolean accumulate;

  ThinMatmul(Team team) {
    this.team = team;
    lines = new float[team.threads()][VECTORS * DEPTH];
    pairs = new double[team.threads()][VECTORS * DEPTH];
    sums = new float[team.threads()][VECTORS * LANES];
  }

  /** {@code c = a b}, or {@code c += a b}; a [m, k], b [k, n] or, if transposed, [n, k]. */
  void wide(
      MemorySegment a,
      MemorySegment b,
      MemorySegment out,
      int m,
      int k,
      int n,
      boolean transposed,
      boolean add) {
    pack(b, k, n, transposed ? 1 : n, transposed ? k : 1);
    run(a, out, m, n, 1, add);
  }

  /** {@code c = a bᵀ}, or {@code c += a bᵀ}, with few rows of a [m, k]; b [n, k]. */
  void flat(MemorySegment a, MemorySegment b, MemorySegment out, int m, int k, int n, boolean add) {
    pack(a, k, m, 1, k);
    run(b, out, n, 1, n, add);
  }

  /** Column {@code j} of line {@code p} of a matrix that is stored with these steps. */
  private void pack(MemorySegment from, int k, int columns, long depthStep, long step) {
    depth = k;
    width = columns;
    group = 2 * columns <= LANES && PairMatmulKernel.FITS ? 2 : 1;
    if (narrow.length < k * LANES) {
      narrow = new float[k * LANES];
    }
    for (int p = 0; p < k; p++) {
      for (int lane = 0; lane < LANES; lane++) {
        int j = lane / group;
        narrow[p * LANES + lane] =
            j < columns ? from.get(FLOAT, 4 * (p * depthStep + j * step)) : 0f;
      }
    }
  }

  private void run(MemorySegment from, MemorySegment out, int m, long row, long lane, boolean add) {
    rows = from;
    c = out;
    count = m;
    rowStep = 4 * row;
    laneStep = 4 * lane;
    accumulate = add;
    team.run(this, (m + BLOCK - 1) / BLOCK);
  }

  @Override
  public void run(int part) {
    int to = Math.min(count, (part + 1) * BLOCK);
    int rows = group * VECTORS;
    for (int i = part * BLOCK; i < to; i += rows) {
      rows(i, Math.min(rows, to - i), team.worker());
    }
  }

  private void rows(int from, int height, int worker) {
    float[] sum = sums[worker];
    begin(from, height, sum);
    for (int p = 0; p < depth; p += DEPTH) {
      int part = Math.min(DEPTH, depth - p);
      if (group == 1) {
        lines(from, height, p, part, lines[worker]);
        add(lines[worker], narrow, p * LANES, part, sum);
      } else {
        pairs(from, height, p, part, pairs[worker]);
        PairMatmulKernel.add(pairs[worker], narrow, p * LANES, part, sum);
      }
    }
    end(from, height, sum);
  }

  private void begin(int from, int height, float[] sum) {
    int step = group;
    for (int r = 0; r < height; r++) {
      int lane = lane(r);
      long at = (from + r) * rowStep;
      for (int j = 0; j < width; j++) {
        sum[lane + j * step] = accumulate ? c.get(FLOAT, at + j * laneStep) : 0f;
      }
    }
  }

  private void end(int from, int height, float[] sum) {
    int step = group;
    for (int r = 0; r < height; r++) {
      int lane = lane(r);
      long at = (from + r) * rowStep;
      for (int j = 0; j < width; j++) {
        c.set(FLOAT, at + j * laneStep, sum[lane + j * step]);
      }
    }
  }

  /** Where the results of a row begin. */
  private int lane(int row) {
    return row / group * LANES + row % group;
  }

  private void lines(int from, int height, int p, int length, float[] line) {
    for (int r = 0; r < height; r++) {
      MemorySegment.copy(rows, FLOAT, value(from + r, p), line, r * DEPTH, length);
    }
  }

  /** The last row is its own pair where it has none. */
  private void pairs(int from, int height, int p, int length, double[] pair) {
    for (int r = 0; r < height; r += 2) {
      long first = value(from + r, p);
      long second = value(from + Math.min(r + 1, height - 1), p);
      PairMatmulKernel.interleave(rows, first, second, pair, r / 2 * DEPTH, length);
    }
  }

  private long value(int row, int column) {
    return 4 * ((long) row * depth + column);
  }

  /** Written out, as {@link NarrowMatmulKernel} is. */
  private static void add(float[] a, float[] b, int bAt, int depth, float[] sum) {
    FloatVector s0 = FloatVector.fromArray(SPECIES, sum, 0);
    FloatVector s1 = FloatVector.fromArray(SPECIES, sum, LANES);
    FloatVector s2 = FloatVector.fromArray(SPECIES, sum, 2 * LANES);
    FloatVector s3 = FloatVector.fromArray(SPECIES, sum, 3 * LANES);
    FloatVector s4 = FloatVector.fromArray(SPECIES, sum, 4 * LANES);
    FloatVector s5 = FloatVector.fromArray(SPECIES, sum, 5 * LANES);
    FloatVector s6 = FloatVector.fromArray(SPECIES, sum, 6 * LANES);
    FloatVector s7 = FloatVector.fromArray(SPECIES, sum, 7 * LANES);
    for (int p = 0; p < depth; p++) {
      FloatVector x = FloatVector.fromArray(SPECIES, b, bAt + p * LANES);
      s0 = FloatVector.broadcast(SPECIES, a[p]).fma(x, s0);
      s1 = FloatVector.broadcast(SPECIES, a[DEPTH + p]).fma(x, s1);
      s2 = FloatVector.broadcast(SPECIES, a[2 * DEPTH + p]).fma(x, s2);
      s3 = FloatVector.broadcast(SPECIES, a[3 * DEPTH + p]).fma(x, s3);
      s4 = FloatVector.broadcast(SPECIES, a[4 * DEPTH + p]).fma(x, s4);
      s5 = FloatVector.broadcast(SPECIES, a[5 * DEPTH + p]).fma(x, s5);
      s6 = FloatVector.broadcast(SPECIES, a[6 * DEPTH + p]).fma(x, s6);
      s7 = FloatVector.broadcast(SPECIES, a[7 * DEPTH + p]).fma(x, s7);
    }
    s0.intoArray(sum, 0);
    s1.intoArray(sum, LANES);
    s2.intoArray(sum, 2 * LANES);
    s3.intoArray(sum, 3 * LANES);
    s4.intoArray(sum, 4 * LANES);
    s5.intoArray(sum, 5 * LANES);
    s6.intoArray(sum, 6 * LANES);
    s7.intoArray(sum, 7 * LANES);
  }

  long bytes() {
    return 4L * (narrow.length + (long) lines.length * VECTORS * (3 * DEPTH + LANES));
  }
}
