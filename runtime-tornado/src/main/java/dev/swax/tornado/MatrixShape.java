package dev.swax.tornado;

import dev.swax.runtime.program.ParameterSpec;

/** [rows, columns] of a matrix. */
record MatrixShape(int rows, int columns) {

  /** Of each of the matrices of a parameter, one below the other, or of a parameter that is one. */
  static MatrixShape of(ParameterSpec spec) {
    return new MatrixShape(spec.rows() / Math.max(1, spec.matrices()), spec.columns());
  }

  int length() {
    return Math.multiplyExact(rows, columns);
  }

  /** The shorter side. */
  int side() {
    return Math.min(rows, columns);
  }

  boolean isWide() {
    return rows <= columns;
  }
}
