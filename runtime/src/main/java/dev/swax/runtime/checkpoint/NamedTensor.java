package dev.swax.runtime.checkpoint;

import dev.swax.runtime.tensor.Tensor;

/** A tensor with its name and shape in a file. */
public record NamedTensor(String name, int rows, int columns, Tensor values) {
  long bytes() {
    return (long) rows * columns * Float.BYTES;
  }

  MatrixShape shape() {
    return new MatrixShape(name, rows, columns);
  }
}
