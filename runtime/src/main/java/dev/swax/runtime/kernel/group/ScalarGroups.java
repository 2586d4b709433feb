package dev.swax.runtime.kernel.group;

import dev.swax.runtime.tensor.Tensor;

/** Groups of columns, with sums in double. */
public final class ScalarGroups {

  /** {@code y[row, g, t, c] = x[row, g, c]} for each of so many times t. */
  public void repeat(Tensor x, Tensor y, int rows, int groups, int times, int width) {
    for (long group = 0; group < (long) rows * groups; group++) {
      for (long i = 0; i < (long) times * width; i++) {
        y.set(group * times * width + i, x.get(group * width + i % width));
      }
    }
  }

  /** {@code y[row, g, yFrom + c] = x[row, g, xFrom + c]}. */
  public void copyColumns(
      Tensor x,
      Tensor y,
      int rows,
      int groups,
      int xWidth,
      int xFrom,
      int yWidth,
      int yFrom,
      int columns) {
    for (long group = 0; group < (long) rows * groups; group++) {
      for (long c = 0; c < columns; c++) {
        y.set(group * yWidth + yFrom + c, x.get(group * xWidth + xFrom + c));
      }
    }
  }

  /** {@code y[row, g, c] = sum over t of x[row, g, t, c]}. */
  public void sumRepeats(Tensor x, Tensor y, int rows, int groups, int times, int width) {
    for (long group = 0; group < (long) rows * groups; group++) {
      for (long c = 0; c < width; c++) {
        double sum = 0;
        for (long t = 0; t < times; t++) {
          sum += x.get((group * times + t) * width + c);
        }
        y.set(group * width + c, (float) sum);
      }
    }
  }

  /** {@code y[row, g] = softmax(x[row, g])}. */
  public void softmax(Tensor x, Tensor y, int rows, int groups, int width) {
    for (long group = 0; group < (long) rows * groups; group++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (long c = 0; c < width; c++) {
        largest = Math.max(largest, x.get(group * width + c));
      }
      double sum = 0;
      for (long c = 0; c < width; c++) {
        sum += Math.exp(x.get(group * width + c) - largest);
      }
      for (long c = 0; c < width; c++) {
        y.set(group * width + c, (float) (Math.exp(x.get(group * width + c) - largest) / sum));
      }
    }
  }
}
