package dev.swax.compiler.interpret;

/** Products of matrices, either side transposed. */
final class InterpretMatMul {
  private InterpretMatMul() {}

  /** As many products side by side: see {@code Op.MatMul}. */
  static Matrix blocks(Matrix a, boolean transposeA, Matrix b, boolean transposeB, int blocks) {
    if (blocks == 1) {
      return matmul(a, transposeA, b, transposeB);
    }
    int columns = transposeB ? b.rows() : transposeA ? b.columns() / blocks : b.columns() * blocks;
    Matrix c = Matrix.zeros(transposeA ? a.columns() : a.rows(), columns);
    for (int block = 0; block < blocks; block++) {
      Matrix left = columns(a, block, blocks);
      Matrix right = transposeA ? columns(b, block, blocks) : rows(b, block, blocks);
      Matrix product = matmul(left, transposeA, right, transposeB);
      int row = transposeA ? block * product.rows() : 0;
      int column = transposeA ? 0 : block * product.columns();
      for (int i = 0; i < product.rows(); i++) {
        for (int j = 0; j < product.columns(); j++) {
          c.set(row + i, column + j, product.get(i, j));
        }
      }
    }
    return c;
  }

  private static Matrix columns(Matrix x, int block, int blocks) {
    Matrix y = Matrix.zeros(x.rows(), x.columns() / blocks);
    for (int i = 0; i < y.rows(); i++) {
      for (int j = 0; j < y.columns(); j++) {
        y.set(i, j, x.get(i, block * y.columns() + j));
      }
    }
    return y;
  }

  private static Matrix rows(Matrix x, int block, int blocks) {
    return transposed(columns(transposed(x), block, blocks));
  }

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
