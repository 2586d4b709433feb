package dev.swax.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Rows of a table by token, and their gradient without atomic sums. */
public final class EmbeddingKernels {
  private static final int THREADS = 256;
  private static final int GRADIENT_THREADS = 64;

  private EmbeddingKernels() {}

  /** The grid of {@link #gather}: a thread for each element of out. */
  public static WorkerGrid gatherGrid(int rows, int columns) {
    int groups = (Math.multiplyExact(rows, columns) + THREADS - 1) / THREADS;
    var grid = new WorkerGrid1D(Math.max(1, groups) * THREADS);
    grid.setLocalWork(THREADS, 1, 1);
    return grid;
  }

  /** {@code out[t] = table[tokens[t]]}. table [vocab, columns], out [rows, columns]. */
  public static void gather(
      KernelContext context,
      IntArray tokens,
      int tokensAt,
      FloatArray table,
      int tableAt,
      FloatArray out,
      int outAt,
      int rows,
      int columns) {
    int i = context.globalIdx;
    if (i < rows * columns) {
      int row = i / columns;
      int column = i - row * columns;
      int token = tokens.get(tokensAt + row);
      out.set(outAt + i, table.get(tableAt + token * columns + column));
    }
  }

  /** The grid of {@link #gradient}: a group for each row of the table. */
  public static WorkerGrid gradientGrid(int vocab) {
    var grid = new WorkerGrid1D(Math.multiplyExact(Math.max(1, vocab), GRADIENT_THREADS));
    grid.setLocalWork(GRADIENT_THREADS, 1, 1);
    return grid;
  }

  /**
   * {@code dTable[token] += sum of dy[t] over the rows t of the token}, in their order. The rows of
   * token v are {@code order[starts[v] .. starts[v + 1]]}, as {@link TokenOrder} makes them. Each
   * thread takes every 64th column. dTable [vocab, columns], dy [rows, columns].
   */
  public static void gradient(
      KernelContext context,
      IntArray order,
      int orderAt,
      IntArray starts,
      int startsAt,
      FloatArray dy,
      int dyAt,
      FloatArray dTable,
      int dTableAt,
      int rows,
      int vocab,
      int columns) {
    int token = context.groupIdx;
    if (token < vocab && rows > 0) {
      int from = starts.get(startsAt + token);
      int to = starts.get(startsAt + token + 1);
      if (from < to) {
        for (int column = context.localIdx; column < columns; column += GRADIENT_THREADS) {
          int at = dTableAt + token * columns + column;
          float sum = dTable.get(at);
          for (int i = from; i < to; i++) {
            sum += dy.get(dyAt + order.get(orderAt + i) * columns + column);
          }
          dTable.set(at, sum);
        }
      }
    }
  }
}
