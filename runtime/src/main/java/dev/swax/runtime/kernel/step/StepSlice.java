package dev.swax.runtime.kernel.step;

import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What a part has of a value that lies in a tensor: some columns of each of its rows, or all of it.
 *
 * @param rows of the value; in a part they follow one another
 * @param width numbers of a row that a part has
 * @param columns numbers of the whole value, one token's or one sequence's
 * @param blocks parts of a sequence
 */
record StepSlice(int rows, int width, int columns, int blocks) {
  /** Numbers of a part. */
  int length() {
    return rows * width;
  }

  /** Whether all parts have all of it. */
  boolean isWhole() {
    return length() == columns;
  }

  private long first(long row, int part) {
    return row * columns + (isWhole() ? 0 : (long) part % blocks * width);
  }

  /** Reads what a part has of a row of a tensor. */
  void read(Tensor from, long row, int part, float[] to, int place) {
    long at = first(row, part);
    for (int i = 0; i < rows; i++) {
      MemorySegment.copy(
          from.segment(),
          ValueLayout.JAVA_FLOAT,
          (at + (long) i * (columns / rows)) * Float.BYTES,
          to,
          place + i * width,
          width);
    }
  }

  /** Writes what a part has of a row of a tensor. */
  void write(float[] from, int place, Tensor to, long row, int part) {
    long at = first(row, part);
    for (int i = 0; i < rows; i++) {
      MemorySegment.copy(
          from,
          place + i * width,
          to.segment(),
          ValueLayout.JAVA_FLOAT,
          (at + (long) i * (columns / rows)) * Float.BYTES,
          width);
    }
  }

  /** Adds what a part has to the only row of a tensor. */
  void add(float[] from, int place, Tensor to, int part) {
    long at = first(0, part);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < width; j++) {
        long element = at + (long) i * (columns / rows) + j;
        to.set(element, to.get(element) + from[place + i * width + j]);
      }
    }
  }
}
