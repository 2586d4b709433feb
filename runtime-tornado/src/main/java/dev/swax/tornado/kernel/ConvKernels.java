package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Causal convolutions over time, each channel with a filter of its own, a thread for each number:
 *
 * <pre>
 * y_t = sum over j of weight[j] input_{t-j}             j as far as the document and the filter go
 * dinput_t = sum over j of weight[j] dy_{t+j};   dweight[j] = sum over t of dy_t input_{t-j}
 * </pre>
 *
 * <p>Tensors [rows, columns], the rows being sequences of {@code time} tokens; weights [width,
 * columns]. Token t sees the tokens of its sequence from {@code firstKeys[row]} on.
 */
public final class ConvKernels {
  private static final int THREADS = 256;

  /** Rows that one thread sums for the gradient of a weight. */
  private static final int ROWS = 128;

  private ConvKernels() {}

  /** The grid of {@link #forward} and {@link #inputs}. */
  public static WorkerGrid grid(int rows, int columns) {
    return threads(Math.multiplyExact(rows, columns));
  }

  /** The grid of {@link #weights}. */
  public static WorkerGrid weightGrid(int rows, int width, int columns) {
    return threads(Math.multiplyExact(parts(rows), width * columns));
  }

  private static WorkerGrid threads(int all) {
    var grid = new WorkerGrid1D(Math.max(1, (all + THREADS - 1) / THREADS) * THREADS);
    grid.setLocalWork(THREADS, 1, 1);
    return grid;
  }

  /** How many sums {@link #weights} makes for each weight. */
  public static int parts(int rows) {
    return (rows + ROWS - 1) / ROWS;
  }

  /** Writes y. */
  public static void forward(
      KernelContext context,
      FloatArray input,
      int inputAt,
      FloatArray weight,
      int weightAt,
      FloatArray y,
      int yAt,
      IntArray firstKeys,
      int rows,
      int time,
      int width,
      int columns) {
    int i = context.globalIdx;
    if (i < rows * columns) {
      int row = i / columns;
      int column = i % columns;
      int seen = Math.min(width - 1, row % time - firstKeys.get(row));
      float sum = 0f;
      for (int j = 0; j <= seen; j++) {
        sum += weight.get(weightAt + j * columns + column) * input.get(inputAt + i - j * columns);
      }
      y.set(yAt + i, sum);
    }
  }

  /** Writes dInput. */
  public static void inputs(
      KernelContext context,
      FloatArray weight,
      int weightAt,
      FloatArray dy,
      int dyAt,
      FloatArray dInput,
      int dInputAt,
      IntArray firstKeys,
      int rows,
      int time,
      int width,
      int columns) {
    int i = context.globalIdx;
    if (i < rows * columns) {
      int row = i / columns;
      int column = i % columns;
      int t = row % time;
      int most = Math.min(width - 1, time - 1 - t);
      float sum = 0f;
      for (int j = 0; j <= most; j++) {
        if (firstKeys.get(row + j) <= t) {
          sum += weight.get(weightAt + j * columns + column) * dy.get(dyAt + i + j * columns);
        }
      }
      dInput.set(dInputAt + i, sum);
    }
  }

  /** Writes partial [parts, width, columns], whose sum over the parts is the gradient of weight. */
  public static void weights(
      KernelContext context,
      FloatArray input,
      int inputAt,
      FloatArray dy,
      int dyAt,
      FloatArray partial,
      int partialAt,
      IntArray firstKeys,
      int rows,
      int time,
      int width,
      int columns) {
    int i = context.globalIdx;
    int size = width * columns;
    int part = i / size;
    int first = part * ROWS;
    if (first < rows) {
      int j = i % size / columns;
      int column = i % columns;
      int last = Math.min(rows, first + ROWS);
      float sum = 0f;
      for (int row = first; row < last; row++) {
        if (row % time - j >= firstKeys.get(row)) {
          int at = row * columns + column;
          sum += dy.get(dyAt + at) * input.get(inputAt + at - j * columns);
        }
      }
      partial.set(partialAt + i, sum);
    }
  }
}
