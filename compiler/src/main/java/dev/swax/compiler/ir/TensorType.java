package dev.swax.compiler.ir;

/**
 * A matrix of fp32: {@code [T, columns]} with one row a token, or {@code [rows, columns]} of fixed
 * size. Heads are a way to read the columns ([T, heads * width]), not a dimension.
 */
public record TensorType(boolean perToken, int rows, int columns) {
  public static final TensorType SCALAR = fixed(1, 1);

  public static TensorType tokens(int columns) {
    return new TensorType(true, 1, columns);
  }

  public static TensorType fixed(int rows, int columns) {
    return new TensorType(false, rows, columns);
  }

  public boolean isScalar() {
    return equals(SCALAR);
  }

  @Override
  public String toString() {
    return "[" + (perToken ? "T" : rows) + ", " + columns + "]";
  }
}
