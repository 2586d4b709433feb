package dev.swax.compiler.interpret;

/** Products of matrices, either side transposed. */
final class InterpretMatMul {
  private InterpretMatMul() {}

  static Matrix matmul(Matrix a, boolean transposeA, Matrix b, boolean transposeB) {
    Matrix left = transposeA ? transposed(a) : a;
    Matrix right = transposeB ? transposed(b) : b;
    Matrix c = Matrix.zeros(left.rows(), right.columns());
    for (int i = 0; i < left.rows(); i++) {
      for (int k = 0; k < left.columns(); k++) {
        for (int j = 0; j < right.columns(); j++) {
          c.add(i, j, left.get(i, k) * right.get(k, j));
        }
      }
    }
    return c;
  }

  private static Matrix transposed(Matrix x) {
    Matrix y = Matrix.zeros(x.columns(), x.rows());
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.columns(); j++) {
        y.set(j, i, x.get(i, j));
      }
    }
    return y;
  }
}
