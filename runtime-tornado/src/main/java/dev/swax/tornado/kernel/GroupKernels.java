package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Work on groups of columns, a thread for each number of the result. */
public final class GroupKernels {
  private static final int THREADS = 256;

  private GroupKernels() {}

  /** The grid for a result of so many numbers, or of fewer rows. */
  public static WorkerGrid grid(int rows, int columns) {
    int numbers = Math.multiplyExact(rows, columns);
    var grid = new WorkerGrid1D(Math.max(1, (numbers + THREADS - 1) / THREADS) * THREADS);
    grid.setLocalWork(THREADS, 1, 1);
    return grid;
  }

  /**
   * Each group of a row as many times, one after the other. x [rows, groups * width], y [rows,
   * groups * times * width].
   */
  public static void repeat(
      KernelContext context,
      FloatArray x,
      int xAt,
      FloatArray y,
      int yAt,
      int rows,
      int groups,
      int times,
      int width) {
    int i = context.globalIdx;
    if (i < rows * groups * times * width) {
      int group = i / (times * width);
      y.set(yAt + i, x.get(xAt + group * width + i % width));
    }
  }

  /**
   * Columns {@code xFrom ..} of each group of x, to columns {@code yFrom ..} of that group of y. x
   * [rows, groups * xWidth], y [rows, groups * yWidth].
   */
  public static void copyColumns(
      KernelContext context,
      FloatArray x,
      int xAt,
      FloatArray y,
      int yAt,
      int rows,
      int groups,
      int xWidth,
      int xFrom,
      int yWidth,
      int yFrom,
      int columns) {
    int i = context.globalIdx;
    if (i < rows * groups * columns) {
      int group = i / columns;
      int c = i % columns;
      y.set(yAt + group * yWidth + yFrom + c, x.get(xAt + group * xWidth + xFrom + c));
    }
  }

  /** What {@link #repeat} repeats, summed. x [rows, groups * times * width], y as its x. */
  public static void sumRepeats(
      KernelContext context,
      FloatArray x,
      int xAt,
      FloatArray y,
      int yAt,
      int rows,
      int groups,
      int times,
      int width) {
    int i = context.globalIdx;
    if (i < rows * groups * width) {
      int at = xAt + i / width * times * width + i % width;
      float sum = 0f;
      for (int t = 0; t < times; t++) {
        sum += x.get(at + t * width);
      }
      y.set(yAt + i, sum);
    }
  }

  /** {@code y = softmax(x)} of each group, a thread for each. x, y [rows, groups * width]. */
  public static void softmax(
      KernelContext context,
      FloatArray x,
      int xAt,
      FloatArray y,
      int yAt,
      int rows,
      int groups,
      int width) {
    int i = context.globalIdx;
    if (i < rows * groups) {
      int from = xAt + i * width;
      float largest = x.get(from);
      for (int c = 0; c < width; c++) {
        largest = TornadoMath.max(largest, x.get(from + c));
      }
      float sum = 0f;
      for (int c = 0; c < width; c++) {
        sum += TornadoMath.exp(x.get(from + c) - largest);
      }
      for (int c = 0; c < width; c++) {
        y.set(yAt + i * width + c, TornadoMath.exp(x.get(from + c) - largest) / sum);
      }
    }
  }

  /**
   * As many products side by side: block g of y is {@code x w} of block g of x and of w. x [rows,
   * blocks * m], w [blocks * m, n], y [rows, blocks * n].
   */
  public static void plain(
      KernelContext context,
      FloatArray x,
      int xAt,
      FloatArray w,
      int wAt,
      FloatArray y,
      int yAt,
      int rows,
      int blocks,
      int m,
      int n) {
    int i = context.globalIdx;
    if (i < rows * blocks * n) {
      int block = i / n % blocks;
      int from = xAt + (i / n) * m;
      int weights = wAt + block * m * n + i % n;
      float sum = 0f;
      for (int j = 0; j < m; j++) {
        sum += x.get(from + j) * w.get(weights + j * n);
      }
      y.set(yAt + i, sum);
    }
  }

  /** {@code y wᵀ} of each block. y [rows, blocks * n], w [blocks * m, n], x [rows, blocks * m]. */
  public static void transposedRight(
      KernelContext context,
      FloatArray y,
      int yAt,
      FloatArray w,
      int wAt,
      FloatArray x,
      int xAt,
      int rows,
      int blocks,
      int m,
      int n) {
    int i = context.globalIdx;
    if (i < rows * blocks * m) {
      int block = i / m % blocks;
      int from = yAt + (i / m) * n;
      int weights = wAt + (block * m + i % m) * n;
      float sum = 0f;
      for (int j = 0; j < n; j++) {
        sum += y.get(from + j) * w.get(weights + j);
      }
      x.set(xAt + i, sum);
    }
  }

  /**
   * Adds {@code xᵀ y} of each block. x [rows, blocks * m], y [rows, blocks * n], w [blocks * m, n].
   */
  public static void transposedLeft(
      KernelContext context,
      FloatArray x,
      int xAt,
      FloatArray y,
      int yAt,
      FloatArray w,
      int wAt,
      int rows,
      int blocks,
      int m,
      int n) {
    int i = context.globalIdx;
    if (i < blocks * m * n && rows > 0) {
      int row = i / n;
      int block = row / m;
      float sum = w.get(wAt + i);
      for (int t = 0; t < rows; t++) {
        sum += x.get(xAt + t * blocks * m + row) * y.get(yAt + (t * blocks + block) * n + i % n);
      }
      w.set(wAt + i, sum);
    }
  }
}
