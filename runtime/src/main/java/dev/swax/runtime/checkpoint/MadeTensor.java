package dev.swax.runtime.checkpoint;

import dev.swax.runtime.tensor.Tensor;
import java.util.List;
import java.util.function.Consumer;

/**
 * A tensor that is made when it is its turn to be written, so that no more than one of them has to
 * be in memory.
 *
 * @param filler gives it its numbers, row by row; it starts with zeros
 */
public record MadeTensor(
    String name, NumberFormat format, List<Long> shape, Consumer<Tensor> filler) {
  public MadeTensor {
    shape = List.copyOf(shape);
  }

  /** How many numbers it has. */
  public long size() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  /** How many bytes of a file they take. */
  public long bytes() {
    return size() * format.bytes();
  }
}
