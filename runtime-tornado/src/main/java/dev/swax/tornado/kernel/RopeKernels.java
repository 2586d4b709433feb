package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Rotary positions (Su et al. 2021) on adjacent pairs. */
public final class RopeKernels {
  private static final int THREADS = 256;

  private RopeKernels() {}

  /** How many floats {@link #fillTable} fills. */
  public static int tableSize(int time, int headWidth) {
    return Math.multiplyExact(time, headWidth);
  }

  /**
   * Fills table [time, headWidth / 2, 2] with the cosine and the sine of {@code position *
   * theta^(-2i/headWidth)}, computed in double.
   */
  public static void fillTable(
      FloatArray table, int tableAt, int time, int headWidth, double theta) {
    for (int pair = 0; pair < headWidth / 2; pair++) {
      double frequency = Math.pow(theta, -2.0 * pair / headWidth);
      for (int position = 0; position < time; position++) {
        int at = tableAt + position * headWidth + 2 * pair;
        table.set(at, (float) StrictMath.cos(position * frequency));
        table.set(at + 1, (float) StrictMath.sin(position * frequency));
      }
    }
  }

  /** The grid of {@link #rotatePairs}: a thread for each pair. */
  public static WorkerGrid grid(int rows, int heads, int headWidth) {
    int pairs = Math.multiplyExact(rows, heads * headWidth / 2);
    var grid = new WorkerGrid1D(Math.max(1, (pairs + THREADS - 1) / THREADS) * THREADS);
    grid.setLocalWork(THREADS, 1, 1);
    return grid;
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
