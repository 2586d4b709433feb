package dev.swax.runtime.kernel.matmul;

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
 * Products of a few rows with a matrix, which is read where it lies: its memory is what they wait
 * for. Threads share the columns.
 */
final class VectorMatvec implements Task {
  /** Rows of a for which packing b does not pay. */
  static final int MOST_ROWS = 3;

  /** Below so many multiplications a job is not worth sharing. */
  private static final long SMALL = 20_000;

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

  private final Team team;
  private MemorySegment a = MemorySegment.NULL;
  private MemorySegment b = MemorySegment.NULL;
  private MemorySegment c = MemorySegment.NULL;
  private long aFrom;
  private long bFrom;
  private long cFrom;
  private boolean transposed;
  private boolean accumulate;
  private int m;
  private int k;
  private int n;

  /** Columns of a part. */
  private int width;

  VectorMatvec(Team team) {
    this.team = team;
  }

  /** Where the matrices begin, in values. */
  void at(long left, long right, long out) {
    aFrom = 4 * left;
    bFrom = 4 * right;
    cFrom = 4 * out;
  }

  /** {@code c = a b}, or {@code c += a b}, where b is given transposed if {@code transposed}. */
  void run(
      MemorySegment left,
      MemorySegment right,
      MemorySegment out,
      int rows,
      int depth,
      int columns,
      boolean rightTransposed,
      boolean add) {
    a = left;
    b = right;
    c = out;
    m = rows;
    k = depth;
    n = columns;
    transposed = rightTransposed;
    accumulate = add;
    int threads = (long) m * k * n < SMALL ? 1 : team.threads();
    width = ColumnParts.width(n, threads);
    team.run(this, (n + width - 1) / width);
  }

  @Override
  public void run(int part) {
    int from = part * width;
    int to = Math.min(n, from + width);
    if (transposed) {
      dots(from, to);
    } else {
      combine(from, to - from);
    }
  }

  private long left(int row, int column) {
    return aFrom + 4 * ((long) row * k + column);
  }

  private long right(int row, int column) {
    return bFrom + 4 * ((long) row * n + column);
  }

  private long out(int row, int column) {
    return cFrom + 4 * ((long) row * n + column);
  }

  // c[j] = Σ a[p] b[p, j] ------------------------------------------------------------------------

  private void combine(int from, int columns) {
    for (int i = 0; i < m && !accumulate; i++) {
      c.asSlice(out(i, from), 4L * columns).fill((byte) 0);
    }
    int p = 0;
    for (; p + 8 <= k; p += 8) {
      for (int i = 0; i < m; i++) {
        addEightRows(left(i, p), right(p, from), out(i, from), columns);
      }
    }
    for (; p < k; p++) {
      for (int i = 0; i < m; i++) {
        addRow(a.get(FLOAT, left(i, p)), right(p, from), out(i, from), columns);
      }
    }
  }

  private void addEightRows(long aAt, long bAt, long to, int columns) {
    long step = 4L * n;
    float a0 = a.get(FLOAT, aAt);
    float a1 = a.get(FLOAT, aAt + 4);
    float a2 = a.get(FLOAT, aAt + 8);
    float a3 = a.get(FLOAT, aAt + 12);
    float a4 = a.get(FLOAT, aAt + 16);
    float a5 = a.get(FLOAT, aAt + 20);
    float a6 = a.get(FLOAT, aAt + 24);
    float a7 = a.get(FLOAT, aAt + 28);
    FloatVector v0 = FloatVector.broadcast(SPECIES, a0);
    FloatVector v1 = FloatVector.broadcast(SPECIES, a1);
    FloatVector v2 = FloatVector.broadcast(SPECIES, a2);
    FloatVector v3 = FloatVector.broadcast(SPECIES, a3);
    FloatVector v4 = FloatVector.broadcast(SPECIES, a4);
    FloatVector v5 = FloatVector.broadcast(SPECIES, a5);
    FloatVector v6 = FloatVector.broadcast(SPECIES, a6);
    FloatVector v7 = FloatVector.broadcast(SPECIES, a7);
    int bound = SPECIES.loopBound(columns);
    int j = 0;
    for (; j < bound; j += LANES) {
      long at = bAt + 4L * j;
      FloatVector sum = v0.fma(load(b, at), load(c, to + 4L * j));
      sum = v1.fma(load(b, at + step), sum);
      sum = v2.fma(load(b, at + 2 * step), sum);
      sum = v3.fma(load(b, at + 3 * step), sum);
      sum = v4.fma(load(b, at + 4 * step), sum);
      sum = v5.fma(load(b, at + 5 * step), sum);
      sum = v6.fma(load(b, at + 6 * step), sum);
      sum = v7.fma(load(b, at + 7 * step), sum);
      sum.intoMemorySegment(c, to + 4L * j, VectorMath.ORDER);
    }
    for (; j < columns; j++) {
      long at = bAt + 4L * j;
      float sum = Math.fma(a0, b.get(FLOAT, at), c.get(FLOAT, to + 4L * j));
      sum = Math.fma(a1, b.get(FLOAT, at + step), sum);
      sum = Math.fma(a2, b.get(FLOAT, at + 2 * step), sum);
      sum = Math.fma(a3, b.get(FLOAT, at + 3 * step), sum);
      sum = Math.fma(a4, b.get(FLOAT, at + 4 * step), sum);
      sum = Math.fma(a5, b.get(FLOAT, at + 5 * step), sum);
      sum = Math.fma(a6, b.get(FLOAT, at + 6 * step), sum);
      sum = Math.fma(a7, b.get(FLOAT, at + 7 * step), sum);
      c.set(FLOAT, to + 4L * j, sum);
    }
  }

  private void addRow(float x, long bAt, long to, int columns) {
    FloatVector v = FloatVector.broadcast(SPECIES, x);
    int bound = SPECIES.loopBound(columns);
    int j = 0;
    for (; j < bound; j += LANES) {
      v.fma(load(b, bAt + 4L * j), load(c, to + 4L * j))
          .intoMemorySegment(c, to + 4L * j, VectorMath.ORDER);
    }
    for (; j < columns; j++) {
      float sum = Math.fma(x, b.get(FLOAT, bAt + 4L * j), c.get(FLOAT, to + 4L * j));
      c.set(FLOAT, to + 4L * j, sum);
    }
  }

  // c[j] = Σ a[p] b[j, p] ------------------------------------------------------------------------

  /** Four rows of b at a time, far apart: so memory is read in four long runs. */
  private void dots(int from, int to) {
    int quarter = (to - from) / 4;
    for (int j = from; j < from + quarter; j++) {
      for (int i = 0; i < m; i++) {
        fourDots(left(i, 0), bFrom + 4L * j * k, out(i, j), quarter);
      }
    }
    for (int j = from + 4 * quarter; j < to; j++) {
      for (int i = 0; i < m; i++) {
        put(out(i, j), dot(left(i, 0), bFrom + 4L * j * k));
      }
    }
  }

  private void fourDots(long aAt, long bAt, long to, int apart) {
    long step = 4L * k * apart;
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    FloatVector s2 = FloatVector.zero(SPECIES);
    FloatVector s3 = FloatVector.zero(SPECIES);
    int bound = SPECIES.loopBound(k);
    for (int p = 0; p < bound; p += LANES) {
      FloatVector x = load(a, aAt + 4L * p);
      long at = bAt + 4L * p;
      s0 = x.fma(load(b, at), s0);
      s1 = x.fma(load(b, at + step), s1);
      s2 = x.fma(load(b, at + 2 * step), s2);
      s3 = x.fma(load(b, at + 3 * step), s3);
    }
    put(to, tail(aAt, bAt, bound, VectorMath.sum(s0)));
    put(to + 4L * apart, tail(aAt, bAt + step, bound, VectorMath.sum(s1)));
    put(to + 8L * apart, tail(aAt, bAt + 2 * step, bound, VectorMath.sum(s2)));
    put(to + 12L * apart, tail(aAt, bAt + 3 * step, bound, VectorMath.sum(s3)));
  }

  private float dot(long aAt, long bAt) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int bound = SPECIES.loopBound(k);
    for (int p = 0; p < bound; p += LANES) {
      sum = load(a, aAt + 4L * p).fma(load(b, bAt + 4L * p), sum);
    }
    return tail(aAt, bAt, bound, VectorMath.sum(sum));
  }

  private float tail(long aAt, long bAt, int from, float sum) {
    float result = sum;
    for (int p = from; p < k; p++) {
      result = Math.fma(a.get(FLOAT, aAt + 4L * p), b.get(FLOAT, bAt + 4L * p), result);
    }
    return result;
  }

  private void put(long at, float value) {
    c.set(FLOAT, at, accumulate ? c.get(FLOAT, at) + value : value);
  }
}
