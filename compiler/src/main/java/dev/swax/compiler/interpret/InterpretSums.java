package dev.swax.compiler.interpret;

/** Spreading over rows or groups of columns, and the sums that undo it. */
final class InterpretSums {
  private InterpretSums() {}

  /** [1, C] to [rows, C]. */
  static Matrix spreadRow(Matrix row, int rows) {
    Matrix y = Matrix.zeros(rows, row.columns());
    for (int t = 0; t < rows; t++) {
      for (int c = 0; c < row.columns(); c++) {
        y.set(t, c, row.get(0, c));
      }
    }
    return y;
  }

  /** [T, G] to [T, columns]. */
  static Matrix spreadGroups(Matrix x, int columns) {
    Matrix y = Matrix.zeros(x.rows(), columns);
    int width = columns / x.columns();
    for (int t = 0; t < x.rows(); t++) {
      for (int c = 0; c < columns; c++) {
        y.set(t, c, x.get(t, c / width));
      }
    }
    return y;
  }

  /** [T, C] to [T, groups]. */
  static Matrix sumGroups(Matrix x, int groups) {
    Matrix y = Matrix.zeros(x.rows(), groups);
    int width = x.columns() / groups;
    for (int t = 0; t < x.rows(); t++) {
      for (int c = 0; c < x.columns(); c++) {
        y.add(t, c / width, x.get(t, c));
      }
    }
    return y;
  }

  /** [T, C] to [1, C]. */
  static Matrix sumRows(Matrix x) {
    Matrix y = Matrix.zeros(1, x.columns());
    for (int t = 0; t < x.rows(); t++) {
      for (int c = 0; c < x.columns(); c++) {
        y.add(0, c, x.get(t, c));
      }
    }
    return y;
  }
}
