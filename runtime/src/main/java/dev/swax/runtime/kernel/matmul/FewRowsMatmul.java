package dev.swax.runtime.kernel.matmul;

import static dev.swax.runtime.kernel.matmul.MatmulPanels.COLUMNS;
import static dev.swax.runtime.kernel.matmul.MatmulPanels.LANES;
import static dev.swax.runtime.kernel.matmul.MatmulPanels.SPECIES;
import static dev.swax.runtime.kernel.matmul.MatmulPanels.load;

import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.kernel.tile.VectorMath;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;

/**
 * Products of a few rows with a matrix that is read where it lies, since packing it would take
 * longer. Threads share the columns. A value gets its products one by one, as in {@link
 * MatmulPanels}, so it has the same bits.
 */
final class FewRowsMatmul implements Task {
  /** With more rows, packing pays. */
  static final int MOST_ROWS = 16;

  /** Rows at once. */
  private static final int ROWS = 4;

  /** Rows of b that are read side by side, along all columns of a part. */
  private static final int RUNS = 16;

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
  private static final long VECTOR = 4L * LANES;

  private final Team team;
  private float[] packed = new float[0];
  private MemorySegment b = MemorySegment.NULL;
  private MemorySegment c = MemorySegment.NULL;
  private boolean accumulate;
  private int m;
  private int k;
  private int n;

  /** Columns of a part. */
  private int width;

  FewRowsMatmul(Team team) {
    this.team = team;
  }

  /** {@code c = a b}, or {@code c += a b}; a [m, k], b [k, n], c [m, n]. */
  void run(
      MemorySegment left,
      MemorySegment right,
      MemorySegment out,
      int rows,
      int depth,
      int columns,
      boolean add) {
    b = right;
    c = out;
    m = rows;
    k = depth;
    n = columns;
    accumulate = add;
    if (packed.length < m * k) {
      packed = new float[m * k];
    }
    MemorySegment.copy(left, FLOAT, 0, packed, 0, m * k);
    width = ColumnParts.width(n, team.threads());
    team.run(this, (n + width - 1) / width);
  }

  @Override
  public void run(int part) {
    int from = part * width;
    int to = Math.min(n, from + width);
    int whole = to - (to - from) % COLUMNS;
    for (int i = 0; i < m && !accumulate; i++) {
      c.asSlice(at(i, from), 4L * (whole - from)).fill((byte) 0);
    }
    // With few rows memory is waited for, so it is read in runs; with more, sums stay in registers.
    int depth = m <= MOST_ROWS / 2 ? RUNS : k;
    for (int p = 0; p < k; p += depth) {
      for (int j = from; j < whole; j += COLUMNS) {
        for (int i = 0; i < m; i += ROWS) {
          tile(i, j, p, Math.min(k, p + depth));
        }
      }
    }
    for (int j = whole; j < to; j++) {
      for (int i = 0; i < m; i++) {
        value(i, j);
      }
    }
  }

  /** Adds the products with some rows of b. Rows past the last one repeat it. */
  private void tile(int i, int j, int firstRow, int endRow) {
    long c0 = at(i, j);
    long c1 = at(Math.min(i + 1, m - 1), j);
    long c2 = at(Math.min(i + 2, m - 1), j);
    long c3 = at(Math.min(i + 3, m - 1), j);
    int a0 = i * k;
    int a1 = Math.min(i + 1, m - 1) * k;
    int a2 = Math.min(i + 2, m - 1) * k;
    int a3 = Math.min(i + 3, m - 1) * k;
    FloatVector s00 = load(c, c0);
    FloatVector s01 = load(c, c0 + VECTOR);
    FloatVector s10 = load(c, c1);
    FloatVector s11 = load(c, c1 + VECTOR);
    FloatVector s20 = load(c, c2);
    FloatVector s21 = load(c, c2 + VECTOR);
    FloatVector s30 = load(c, c3);
    FloatVector s31 = load(c, c3 + VECTOR);
    long from = 4 * ((long) firstRow * n + j);
    for (int p = firstRow; p < endRow; p++) {
      FloatVector b0 = load(b, from);
      FloatVector b1 = load(b, from + VECTOR);
      from += 4L * n;
      FloatVector x = FloatVector.broadcast(SPECIES, packed[a0 + p]);
      s00 = x.fma(b0, s00);
      s01 = x.fma(b1, s01);
      x = FloatVector.broadcast(SPECIES, packed[a1 + p]);
      s10 = x.fma(b0, s10);
      s11 = x.fma(b1, s11);
      x = FloatVector.broadcast(SPECIES, packed[a2 + p]);
      s20 = x.fma(b0, s20);
      s21 = x.fma(b1, s21);
      x = FloatVector.broadcast(SPECIES, packed[a3 + p]);
      s30 = x.fma(b0, s30);
      s31 = x.fma(b1, s31);
    }
    s00.intoMemorySegment(c, c0, VectorMath.ORDER);
    s01.intoMemorySegment(c, c0 + VECTOR, VectorMath.ORDER);
    s10.intoMemorySegment(c, c1, VectorMath.ORDER);
    s11.intoMemorySegment(c, c1 + VECTOR, VectorMath.ORDER);
    s20.intoMemorySegment(c, c2, VectorMath.ORDER);
    s21.intoMemorySegment(c, c2 + VECTOR, VectorMath.ORDER);
    s30.intoMemorySegment(c, c3, VectorMath.ORDER);
    s31.intoMemorySegment(c, c3 + VECTOR, VectorMath.ORDER);
  }

  private void value(int i, int j) {
    float sum = accumulate ? c.get(FLOAT, at(i, j)) : 0f;
    for (int p = 0; p < k; p++) {
      sum = Math.fma(packed[i * k + p], b.get(FLOAT, 4 * ((long) p * n + j)), sum);
    }
    c.set(FLOAT, at(i, j), sum);
  }

  private long at(int i, int j) {
    return 4 * ((long) i * n + j);
  }

  long bytes() {
    return 4L * packed.length;
  }
}
