package dev.swax.runtime.kernel.matmul;

import static dev.swax.runtime.kernel.matmul.MatmulPanels.LANES;
import static dev.swax.runtime.kernel.matmul.MatmulPanels.SPECIES;
import static dev.swax.runtime.kernel.matmul.MatmulPanels.load;

import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Products of a transposed matrix with one of few columns, as the gradient of the weights of a few
 * channels: a vector holds values of a row of the former, which become values of a column of the
 * result. Threads share the rows of the result. A value gets its products one by one, as in {@link
 * MatmulPanels}, so it has the same bits.
 */
final class TallMatmul implements Task {
  /** With more columns, packed panels are faster. */
  static final int MOST_COLUMNS = 16;

  /** Rows of a register block: three vectors. */
  private static final int ROWS = 3 * LANES;

  /** Columns of a register block. */
  private static final int COLUMNS = 4;

  /** Rows of a part, at most: its sums stay in a cache. */
  private static final int MOST_ROWS = 8 * ROWS;

  /** Rows of the operands that are multiplied before going to other columns. */
  private static final int DEPTH = 64;

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

  private final Team team;

  /** Of each thread: a block of a, and the sums of a part. */
  private final float[][] blocks;

  private final float[][] sums;

  /** b, with {@link #step} values a row. */
  private float[] narrow = new float[0];

  private int step;
  private MemorySegment a = MemorySegment.NULL;
  private MemorySegment c = MemorySegment.NULL;
  private int m;
  private int k;
  private int n;
  private boolean accumulate;

  /** Rows of a part. */
  private int height;

  TallMatmul(Team team) {
    this.team = team;
    blocks = new float[team.threads()][DEPTH * ROWS];
    sums = new float[team.threads()][MOST_ROWS * MOST_COLUMNS];
  }

  /** {@code c = aᵀ b}, or {@code c += aᵀ b}; a [k, m], b [k, n], c [m, n]. */
  void run(
      MemorySegment left,
      MemorySegment right,
      MemorySegment out,
      int rows,
      int depth,
      int columns,
      boolean add) {
    a = left;
    c = out;
    m = rows;
    k = depth;
    n = columns;
    accumulate = add;
    pack(right);
    int parts = team.threads() * Math.ceilDiv(m, team.threads() * MOST_ROWS);
    height = Math.ceilDiv(Math.ceilDiv(m, parts), ROWS) * ROWS;
    team.run(this, Math.ceilDiv(m, height));
  }

  private void pack(MemorySegment b) {
    step = Math.ceilDiv(n, COLUMNS) * COLUMNS;
    if (narrow.length < k * step) {
      narrow = new float[k * step];
    }
    if (step == n) {
      MemorySegment.copy(b, FLOAT, 0, narrow, 0, k * n);
      return;
    }
    for (int p = 0; p < k; p++) {
      MemorySegment.copy(b, FLOAT, 4L * p * n, narrow, p * step, n);
      Arrays.fill(narrow, p * step + n, (p + 1) * step, 0f);
    }
  }

  @Override
  public void run(int part) {
    float[] block = blocks[team.worker()];
    float[] sum = sums[team.worker()];
    int from = part * height;
    int to = Math.min(m, from + height);
    begin(from, to, sum);
    for (int p = 0; p < k; p += DEPTH) {
      int depth = Math.min(DEPTH, k - p);
      for (int i = from; i < to; i += ROWS) {
        copy(p, depth, i, Math.min(ROWS, to - i), block);
        for (int j = 0; j < step; j += COLUMNS) {
          add(block, narrow, p * step + j, step, depth, sum, (i - from) * step + j * ROWS);
        }
      }
    }
    end(from, to, sum);
  }

  private void begin(int from, int to, float[] sum) {
    Arrays.fill(sum, 0, Math.ceilDiv(to - from, ROWS) * ROWS * step, 0f);
    for (int i = from; i < to && accumulate; i++) {
      for (int j = 0; j < n; j++) {
        sum[sum(i - from, j)] = c.get(FLOAT, 4 * ((long) i * n + j));
      }
    }
  }

  private void end(int from, int to, float[] sum) {
    for (int i = from; i < to; i++) {
      for (int j = 0; j < n; j++) {
        c.set(FLOAT, 4 * ((long) i * n + j), sum[sum(i - from, j)]);
      }
    }
  }

  private int sum(int row, int column) {
    return (row / ROWS * step + column) * ROWS + row % ROWS;
  }

  /** A register block's columns of some rows of a. */
  private void copy(int p, int depth, int from, int width, float[] block) {
    for (int q = 0; q < depth; q++) {
      long at = 4 * ((long) (p + q) * m + from);
      if (width == ROWS) {
        load(a, at).intoArray(block, q * ROWS);
        load(a, at + 4L * LANES).intoArray(block, q * ROWS + LANES);
        load(a, at + 8L * LANES).intoArray(block, q * ROWS + 2 * LANES);
      } else {
        MemorySegment.copy(a, FLOAT, at, block, q * ROWS, width);
      }
    }
  }

  /** Written out, as {@link WideMatmulKernel} is. a has {@link #ROWS} values a row. */
  private static void add(
      float[] a, float[] b, int bAt, int bStep, int depth, float[] sum, int at) {
    FloatVector s00 = FloatVector.fromArray(SPECIES, sum, at);
    FloatVector s01 = FloatVector.fromArray(SPECIES, sum, at + LANES);
    FloatVector s02 = FloatVector.fromArray(SPECIES, sum, at + 2 * LANES);
    FloatVector s10 = FloatVector.fromArray(SPECIES, sum, at + 3 * LANES);
    FloatVector s11 = FloatVector.fromArray(SPECIES, sum, at + 4 * LANES);
    FloatVector s12 = FloatVector.fromArray(SPECIES, sum, at + 5 * LANES);
    FloatVector s20 = FloatVector.fromArray(SPECIES, sum, at + 6 * LANES);
    FloatVector s21 = FloatVector.fromArray(SPECIES, sum, at + 7 * LANES);
    FloatVector s22 = FloatVector.fromArray(SPECIES, sum, at + 8 * LANES);
    FloatVector s30 = FloatVector.fromArray(SPECIES, sum, at + 9 * LANES);
    FloatVector s31 = FloatVector.fromArray(SPECIES, sum, at + 10 * LANES);
    FloatVector s32 = FloatVector.fromArray(SPECIES, sum, at + 11 * LANES);
    for (int p = 0; p < depth; p++) {
      FloatVector a0 = FloatVector.fromArray(SPECIES, a, p * ROWS);
      FloatVector a1 = FloatVector.fromArray(SPECIES, a, p * ROWS + LANES);
      FloatVector a2 = FloatVector.fromArray(SPECIES, a, p * ROWS + 2 * LANES);
      int from = bAt + p * bStep;
      FloatVector x = FloatVector.broadcast(SPECIES, b[from]);
      s00 = x.fma(a0, s00);
      s01 = x.fma(a1, s01);
      s02 = x.fma(a2, s02);
      x = FloatVector.broadcast(SPECIES, b[from + 1]);
      s10 = x.fma(a0, s10);
      s11 = x.fma(a1, s11);
      s12 = x.fma(a2, s12);
      x = FloatVector.broadcast(SPECIES, b[from + 2]);
      s20 = x.fma(a0, s20);
      s21 = x.fma(a1, s21);
      s22 = x.fma(a2, s22);
      x = FloatVector.broadcast(SPECIES, b[from + 3]);
      s30 = x.fma(a0, s30);
      s31 = x.fma(a1, s31);
      s32 = x.fma(a2, s32);
    }
    s00.intoArray(sum, at);
    s01.intoArray(sum, at + LANES);
    s02.intoArray(sum, at + 2 * LANES);
    s10.intoArray(sum, at + 3 * LANES);
    s11.intoArray(sum, at + 4 * LANES);
    s12.intoArray(sum, at + 5 * LANES);
    s20.intoArray(sum, at + 6 * LANES);
    s21.intoArray(sum, at + 7 * LANES);
    s22.intoArray(sum, at + 8 * LANES);
    s30.intoArray(sum, at + 9 * LANES);
    s31.intoArray(sum, at + 10 * LANES);
    s32.intoArray(sum, at + 11 * LANES);
  }

  long bytes() {
    return 4L * (narrow.length + (long) blocks.length * ROWS * (DEPTH + 8 * MOST_COLUMNS));
  }
}
