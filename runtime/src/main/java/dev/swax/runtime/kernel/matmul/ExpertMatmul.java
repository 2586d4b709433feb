package dev.swax.runtime.kernel.matmul;

import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Products of rows that are sorted by expert, each with the matrix of its expert: a product of its
 * own for each expert that has rows, without padding. Tiles of all experts are shared by all
 * threads; how they are cut does not change what is computed. A few rows are multiplied where the
 * matrix lies.
 */
public final class ExpertMatmul implements Task {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

  /** Tiles a thread, at least where there is enough work. */
  private static final int TILES_EACH = 4;

  /** Lower tiles are not worth the packing of their matrix. */
  private static final int LEAST_HEIGHT = 64;

  private final Team team;
  private final VectorMatmul matmul;
  private final VectorMatvec matvec;

  /** The first row of each expert, and the end. */
  private int[] first = {};

  /** The number of the first tile of each expert, and the end. */
  private int[] tiles = {};

  private MemorySegment a = MemorySegment.NULL;
  private MemorySegment b = MemorySegment.NULL;
  private MemorySegment c = MemorySegment.NULL;
  private boolean aTransposed;
  private boolean bTransposed;
  private int m;
  private int k;
  private int n;
  private int experts;
  private int height;
  private int width;
  private long job;

  ExpertMatmul(Team team, VectorMatmul matmul) {
    this.team = team;
    this.matmul = matmul;
    matvec = new VectorMatvec(team);
  }

  /** {@code c[r] = a[r] b[owner]}. a [slots, k], b [experts * k, n], c [slots, n]. */
  public void plain(
      Tensor a, Tensor b, Tensor owners, Tensor c, int slots, int k, int n, int experts) {
    bTransposed = false;
    rows(a, b, owners, c, slots, k, n, experts);
  }

  /** {@code c[r] = a[r] b[owner]ᵀ}. a [slots, k], b [experts * n, k], c [slots, n]. */
  public void transposedRight(
      Tensor a, Tensor b, Tensor owners, Tensor c, int slots, int k, int n, int experts) {
    bTransposed = true;
    rows(a, b, owners, c, slots, k, n, experts);
  }

  /** Adds {@code aᵀ b} of each expert. a [slots, m], b [slots, n], c [experts * m, n]. */
  public void transposedLeft(
      Tensor a, Tensor b, Tensor owners, Tensor c, int slots, int m, int n, int experts) {
    set(a, b, owners, c, slots, experts);
    aTransposed = true;
    bTransposed = false;
    this.m = m;
    this.n = n;
    int used = 0;
    for (int e = 0; e < experts; e++) {
      used += first[e + 1] > first[e] ? 1 : 0;
    }
    int wanted = team.threads() == 1 ? 1 : team.threads() * TILES_EACH;
    height = share(m, ceilDivide(wanted, Math.max(1, used)), MatmulPanels.ROWS);
    width = n;
    int each = ceilDivide(m, height);
    for (int e = 0; e < experts; e++) {
      tiles[e + 1] = tiles[e] + (first[e + 1] > first[e] ? each : 0);
    }
    runTiles();
  }

  private void rows(
      Tensor left,
      Tensor right,
      Tensor owners,
      Tensor out,
      int slots,
      int depth,
      int columns,
      int count) {
    set(left, right, owners, out, slots, count);
    aTransposed = false;
    k = depth;
    n = columns;
    cut(slots);
    for (int e = 0; e < experts; e++) {
      int rows = first[e + 1] - first[e];
      boolean few = rows <= VectorMatvec.MOST_ROWS;
      if (few && rows > 0) {
        long from = (long) e * k * n;
        matvec.at((long) first[e] * k, from, (long) first[e] * n);
        matvec.run(a, b, c, rows, k, n, bTransposed, false);
      }
      tiles[e + 1] = tiles[e] + (few ? 0 : ceilDivide(rows, height) * ceilDivide(n, width));
    }
    runTiles();
  }

  /** High tiles of whole rows, unless they were too few for all threads. */
  private void cut(int slots) {
    int wanted = team.threads() == 1 ? 1 : team.threads() * TILES_EACH;
    height = Math.max(LEAST_HEIGHT, share(slots, wanted, MatmulPanels.ROWS));
    int down = ceilDivide(slots, height);
    width = share(n, ceilDivide(wanted, Math.max(1, down)), MatmulPanels.COLUMNS);
    width = Math.min(n, Math.max(width, 4 * MatmulPanels.COLUMNS));
  }

  private void set(Tensor left, Tensor right, Tensor owners, Tensor out, int slots, int count) {
    a = left.segment();
    b = right.segment();
    c = out.segment();
    experts = count;
    if (first.length <= experts) {
      first = new int[experts + 1];
      tiles = new int[experts + 1];
    }
    for (int e = 1; e <= experts; e++) {
      first[e] = e == experts ? slots : firstOf(owners.segment(), e, first[e - 1], slots);
    }
    tiles[0] = 0;
  }

  /** The first of the rows {@code from .. to} that belongs to an expert or one after it. */
  private static int firstOf(MemorySegment owners, int expert, int from, int to) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (owners.get(FLOAT, 4L * middle) < expert) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void runTiles() {
    job = matmul.nextJob();
    team.run(this, tiles[experts]);
  }

  @Override
  public void run(int part) {
    int expert = expertOf(part);
    int rows = first[expert + 1] - first[expert];
    int across = aTransposed ? 1 : ceilDivide(n, width);
    int tile = part - tiles[expert];
    int i = tile / across * height;
    int j = tile % across * width;
    BlockMatmul block = matmul.block();
    if (aTransposed) {
      block.left(a, (long) first[expert] * m + i, m, true);
      block.right(b, (long) first[expert] * n, n, false);
      block.out(c, ((long) expert * m + i) * n, n);
      block.multiply(Math.min(height, m - i), rows, n, true, job);
    } else {
      long row = (long) first[expert] + i;
      long from = (long) expert * k * n;
      block.left(a, row * k, k, false);
      block.right(b, from + (bTransposed ? (long) j * k : j), bTransposed ? k : n, bTransposed);
      block.out(c, row * n + j, n);
      block.multiply(Math.min(height, rows - i), k, Math.min(width, n - j), false, job);
    }
  }

  /** The expert that a tile belongs to. */
  private int expertOf(int tile) {
    int low = 0;
    int high = experts - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (tiles[middle] <= tile) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private static int share(int length, int shares, int unit) {
    return Math.max(unit, ceilDivide(ceilDivide(length, shares), unit) * unit);
  }

  private static int ceilDivide(int x, int y) {
    return (x + y - 1) / y;
  }
}
