package dev.swax.tornado.kernel;

import dev.swax.runtime.kernel.rope.Rotation;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Rotary positions (Su et al. 2021). */
public final class RopeKernels {
  private static final int THREADS = 256;

  private RopeKernels() {}

  /** How many floats {@link #fillTable} fills. */
  public static int tableSize(int time, int headWidth) {
    return Math.multiplyExact(time, headWidth);
  }

  /**
   * Fills table [time, columns / 2, 2] with the cosine and the sine of {@code position *
   * frequency}, times the magnitude, computed in double.
   */
  public static void fillTable(FloatArray table, int tableAt, int time, Rotation rotation) {
    double[] frequencies = rotation.frequencies();
    double magnitude = rotation.scaling().magnitude();
    for (int pair = 0; pair < frequencies.length; pair++) {
      double frequency = frequencies[pair];
      for (int position = 0; position < time; position++) {
        int at = tableAt + position * rotation.columns() + 2 * pair;
        table.set(at, (float) (magnitude * StrictMath.cos(position * frequency)));
        table.set(at + 1, (float) (magnitude * StrictMath.sin(position * frequency)));
      }
    }
  }

  /** The grid of {@link #rotatePairs}: a thread for each pair. */
  public static WorkerGrid grid(int rows, int heads, int headWidth) {
    return threads(Math.multiplyExact(rows, heads * headWidth / 2));
  }

  /** The grid of {@link #rotateShare}: a thread for each pair, and for each column that stays. */
  public static WorkerGrid shareGrid(int rows, int heads, int headWidth, int columns) {
    return threads(Math.multiplyExact(rows, heads * (headWidth - columns / 2)));
  }

  private static WorkerGrid threads(int items) {
    var grid = new WorkerGrid1D(Math.max(1, (items + THREADS - 1) / THREADS) * THREADS);
    grid.setLocalWork(THREADS, 1, 1);
    return grid;
  }

  /**
   * Rotates each pair of the first {@code columns} of each head by its angle in the table; pairs
   * are of both halves if halves is 1, otherwise neighbours. The other columns are copied. For the
   * rest as {@link #rotatePairs}.
   */
  public static void rotateShare(
      KernelContext context,
      FloatArray x,
      int xAt,
      FloatArray y,
      int yAt,
      FloatArray table,
      int tableAt,
      int rows,
      int time,
      int heads,
      int headWidth,
      int columns,
      int halves,
      int inverse) {
    int pairs = columns / 2;
    int items = headWidth - pairs;
    int i = context.globalIdx;
    if (i < rows * heads * items) {
      int head = i / items * headWidth;
      int item = i % items;
      if (item < pairs) {
        int angle = tableAt + i / (heads * items) % time * columns + 2 * item;
        float cosine = table.get(angle);
        float sine = table.get(angle + 1);
        if (inverse == 1) {
          sine = -sine;
        }
        int first = head + (halves == 1 ? item : 2 * item);
        int second = first + (halves == 1 ? pairs : 1);
        float a = x.get(xAt + first);
        float b = x.get(xAt + second);
        y.set(yAt + first, a * cosine - b * sine);
        y.set(yAt + second, a * sine + b * cosine);
      } else {
        int at = head + pairs + item;
        y.set(yAt + at, x.get(xAt + at));
      }
    }
  }

  /**
   * Rotates each pair of each head by its angle in the table at position {@code row % time};
   * backwards, which is also the gradient, if inverse is 1. y may be x. x, y [rows, heads *
   * headWidth], table as {@link #fillTable} makes it.
   */
  public static void rotatePairs(
      KernelContext context,
      FloatArray x,
      int xAt,
      FloatArray y,
      int yAt,
      FloatArray table,
      int tableAt,
      int rows,
      int time,
      int heads,
      int headWidth,
      int inverse) {
    int pairs = headWidth / 2;
    int i = context.globalIdx;
    if (i < rows * heads * pairs) {
      int row = i / (heads * pairs);
      int pair = i % pairs;
      int angle = tableAt + row % time * headWidth + 2 * pair;
      float cosine = table.get(angle);
      float sine = table.get(angle + 1);
      if (inverse == 1) {
        sine = -sine;
      }
      int head = i / pairs;
      int at = head * headWidth + 2 * pair;
      float even = x.get(xAt + at);
      float odd = x.get(xAt + at + 1);
      y.set(yAt + at, even * cosine - odd * sine);
      y.set(yAt + at + 1, even * sine + odd * cosine);
    }
  }
}
