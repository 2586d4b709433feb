package dev.swax.compiler.interpret;

import java.util.Arrays;

/** Spreading over rows or groups of columns, and the sums that undo it. */
final class InterpretSums {
  private InterpretSums() {}

  /** [1, C] to [rows, groups * C]. */
  static Matrix spreadRow(Matrix row, int groups, int rows) {
    Matrix y = Matrix.zeros(rows, groups * row.columns());
    for (int t = 0; t < rows; t++) {
      for (int c = 0; c < y.columns(); c++) {
        y.set(t, c, row.get(0, c % row.columns()));
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

  /** [T, groups * C] to [1, C]. */
  static Matrix sumRows(Matrix x, int groups) {
    Matrix y = Matrix.zeros(1, x.columns() / groups);
    for (int t = 0; t < x.rows(); t++) {
      for (int c = 0; c < x.columns(); c++) {
        y.add(0, c % y.columns(), x.get(t, c));
      }
    }
    return y;
  }

  /** Softmax of each group of columns. */
  static Matrix softmax(Matrix x, int groups) {
    Matrix y = x.copy();
    int width = x.columns() / groups;
    for (int from = 0; from < y.values().length; from += width) {
      double[] group = softmax(Arrays.copyOfRange(x.values(), from, from + width));
      System.arraycopy(group, 0, y.values(), from, width);
    }
    return y;
  }

  static double[] softmax(double[] x) {
    double largest = Arrays.stream(x).max().orElse(0);
    double[] y = Arrays.stream(x).map(value -> Math.exp(value - largest)).toArray();
    double sum = Arrays.stream(y).sum();
    return Arrays.stream(y).map(value -> value / sum).toArray();
  }

  /** [T, C] to [T, times * C]: each group as many times, one after the other. */
  static Matrix repeat(Matrix x, int groups, int times) {
    Matrix y = Matrix.zeros(x.rows(), times * x.columns());
    int width = x.columns() / groups;
    for (int t = 0; t < x.rows(); t++) {
      for (int c = 0; c < y.columns(); c++) {
        y.set(t, c, x.get(t, once(c, width, times)));
      }
    }
    return y;
  }

  /** [T, times * C] to [T, C]. */
  static Matrix concat(Matrix a, Matrix b, int groups) {
    int left = a.columns() / groups;
    int right = b.columns() / groups;
    Matrix y = Matrix.zeros(a.rows(), a.columns() + b.columns());
    for (int row = 0; row < y.rows(); row++) {
      for (int column = 0; column < y.columns(); column++) {
        int group = column / (left + right);
        int c = column % (left + right);
        double value =
            c < left ? a.get(row, group * left + c) : b.get(row, group * right + c - left);
        y.set(row, column, value);
      }
    }
    return y;
  }

  static Matrix slice(Matrix x, int groups, int from, int to) {
    int width = x.columns() / groups;
    int columns = to - from;
    Matrix y = Matrix.zeros(x.rows(), groups * columns);
    for (int row = 0; row < y.rows(); row++) {
      for (int column = 0; column < y.columns(); column++) {
        y.set(row, column, x.get(row, column / columns * width + from + column % columns));
      }
    }
    return y;
  }

  static Matrix sumRepeats(Matrix x, int groups, int times) {
    Matrix y = Matrix.zeros(x.rows(), x.columns() / times);
    int width = y.columns() / groups;
    for (int t = 0; t < x.rows(); t++) {
      for (int c = 0; c < x.columns(); c++) {
        y.add(t, once(c, width, times), x.get(t, c));
      }
    }
    return y;
  }

  /** The column that a repeated column comes from. */
  private static int once(int column, int width, int times) {
    return column / width / times * width + column % width;
  }
}
