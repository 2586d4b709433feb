package dev.swax.compiler.interpret;

import java.util.Arrays;

/** A row-major matrix of doubles. A value per token has one row a token. */
public final class Matrix {
  private final int rows;
  private final int columns;
  private final double[] values;

  private Matrix(int rows, int columns, double[] values) {
    this.rows = rows;
    this.columns = columns;
    this.values = values;
  }

  /** All zeros. */
  public static Matrix zeros(int rows, int columns) {
    return new Matrix(rows, columns, new double[rows * columns]);
  }

  /** The values row by row; the array is used, not copied. */
  public static Matrix of(int rows, int columns, double... values) {
    if (values.length != rows * columns) {
      throw new IllegalArgumentException(
          values.length + " values do not fill [" + rows + ", " + columns + "]");
    }
    return new Matrix(rows, columns, values);
  }

  public static Matrix scalar(double value) {
    return of(1, 1, value);
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /** The values themselves, row by row. */
  public double[] values() {
    return values;
  }

  public double get(int row, int column) {
    return values[row * columns + column];
  }

  public void set(int row, int column, double value) {
    values[row * columns + column] = value;
  }

  public void add(int row, int column, double value) {
    values[row * columns + column] += value;
  }

  public boolean isScalar() {
    return rows == 1 && columns == 1;
  }

  public Matrix copy() {
    return new Matrix(rows, columns, values.clone());
  }

  @Override
  public String toString() {
    return "[" + rows + ", " + columns + "] " + Arrays.toString(values);
  }
}
