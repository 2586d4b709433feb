package dev.swax.runtime.kernel.matmul;

/** How an output [m, n] is cut into tiles of about equal size, numbered row by row. */
final class MatmulGrid {
  /** Tiles a thread, at most: enough to even out threads that are interrupted. */
  private static final int TILES_EACH = 8;

  // What packing costs, in columns of a tile for a value on the left, in rows on the right.
  private static final double LEFT_COST = 6;
  private static final double RIGHT_COST = 12;

  private final int threads;
  private int m;
  private int n;
  private int height;
  private int width;
  private int across;

  MatmulGrid(int threads) {
    this.threads = threads;
  }

  /** One tile. */
  void whole(int rows, int columns) {
    m = rows;
    n = columns;
    set(1, 1);
  }

  /** The cut that keeps all threads busy with the least packing. */
  void cut(int rows, int columns) {
    if (rows == m && columns == n && parts() > 1) {
      return;
    }
    m = rows;
    n = columns;
    int bestDown = 1;
    int bestAcross = 1;
    double best = Double.POSITIVE_INFINITY;
    int most = threads == 1 ? 1 : threads * TILES_EACH;
    for (int down = 1; down <= most; down++) {
      for (int beside = 1; beside * down <= most; beside++) {
        set(down, beside);
        double cost = cost();
        if (cost < best) {
          best = cost;
          bestDown = down;
          bestAcross = beside;
        }
      }
    }
    set(bestDown, bestAcross);
  }

  private void set(int down, int beside) {
    height = share(m, down, MatmulPanels.ROWS);
    width = share(n, beside, MatmulPanels.COLUMNS);
    across = ceilDivide(n, width);
  }

  /** The time of the thread with the most tiles, where a tile's is its area and its packing. */
  private double cost() {
    int rounds = ceilDivide(parts(), threads);
    double tile = (double) height * width + LEFT_COST * height + RIGHT_COST * width;
    // A last tile may be waited for: the more tiles, the shorter.
    return rounds * tile + 0.1 * tile;
  }

  private static int share(int length, int shares, int unit) {
    return ceilDivide(ceilDivide(length, shares), unit) * unit;
  }

  private static int ceilDivide(int x, int y) {
    return (x + y - 1) / y;
  }

  int parts() {
    return height == 0 ? 0 : ceilDivide(m, height) * across;
  }

  int firstRow(int part) {
    return part / across * height;
  }

  int firstColumn(int part) {
    return part % across * width;
  }

  int height(int part) {
    return Math.min(height, m - firstRow(part));
  }

  int width(int part) {
    return Math.min(width, n - firstColumn(part));
  }
}
