package dev.swax.runtime.checkpoint;

import dev.swax.runtime.tensor.Tensor;

/**
 * A tensor with its name and shape in a file.
 *
 * @param values of it, from number {@code from} on, {@code count} of them
 */
public record NamedTensor(
    String name, int rows, int columns, Tensor values, long from, long count) {

  /** With all of its values. */
  public NamedTensor(String name, int rows, int columns, Tensor values) {
    this(name, rows, columns, values, 0, (long) rows * columns);
  }

  /** With some of its values: {@link #values} has these only. */
  NamedTensor part(long first, long length) {
    return new NamedTensor(name, rows, columns, values, first, length);
  }

  long bytes() {
    return (long) rows * columns * Float.BYTES;
  }

  MatrixShape shape() {
    return new MatrixShape(name, rows, columns);
  }
}
