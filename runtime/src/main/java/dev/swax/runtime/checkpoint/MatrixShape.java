package dev.swax.runtime.checkpoint;

import dev.swax.runtime.program.ParameterSpec;

/** The shape that a tensor of a name must have in a file. */
record MatrixShape(String name, int rows, int columns) {
  static MatrixShape of(ParameterSpec spec) {
    return new MatrixShape(spec.name(), spec.rows(), spec.columns());
  }

  /** Rows and columns in words: {@code [4, 2]}. */
  String text() {
    return "[" + rows + ", " + columns + "]";
  }
}
