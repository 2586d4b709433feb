package dev.swax.runtime.kernel.matmul;

/**
 * How threads share the columns of a matrix that is read where it lies: as many parts each, and
 * parts as wide as can be, because long runs are read faster.
 */
final class ColumnParts {
  /** So many results of a row stay in the first cache. */
  private static final int MOST = 1024;

  private ColumnParts() {}

  /** Columns of a part, in whole register blocks. */
  static int width(int columns, int threads) {
    int parts = threads * ceilDivide(columns, threads * MOST);
    return MatmulPanels.COLUMNS * ceilDivide(ceilDivide(columns, parts), MatmulPanels.COLUMNS);
  }

  private static int ceilDivide(int x, int y) {
    return (x + y - 1) / y;
  }
}
