package dev.swax.runtime.checkpoint;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a tensor lies in a safetensors file.
 *
 * @param dtype as the header calls it: {@code F32}
 * @param begin first byte, counted from the end of the header
 * @param end byte after the last
 */
public record TensorEntry(String name, String dtype, List<Long> shape, long begin, long end) {
  public TensorEntry {
    shape = List.copyOf(shape);
  }

  /** Of a matrix; a vector is one row, a number one row of one column. */
  int rows() {
    return shape.size() < 2 ? 1 : Math.toIntExact(shape.getFirst());
  }

  int columns() {
    return shape.isEmpty() ? 1 : Math.toIntExact(shape.getLast());
  }

  /** Rows and columns in words. */
  String matrix() {
    return "[" + rows() + ", " + columns() + "]";
  }

  /** The shape in words: {@code [4, 2]}. */
  public String shapeText() {
    return shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
  }
}
