package dev.swax.runtime.kernel.row;

import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;

/**
 * How rows are cut into parts: at least {@link #SMALLEST} rows a part, at most {@link #MOST} parts,
 * the same for any number of threads.
 */
public final class RowPartition implements Task {
  private static final int SMALLEST = 16;
  private static final int MOST = 64;
  private static final RowTask NOTHING = (_, _, _) -> {};

  private final Team team;
  private RowTask task = NOTHING;
  private int rows;

  public RowPartition(Team team) {
    this.team = team;
  }

  /** How many parts so many rows are cut into. */
  public static int parts(int rows) {
    return ceilDivide(rows, rowsPerPart(rows));
  }

  /** The most parts of so many rows, or of fewer: 1,100 rows make 35 parts, 1,000 make 63. */
  public static int mostParts(int rows) {
    return Math.min(MOST, ceilDivide(rows, SMALLEST));
  }

  public static int rowsPerPart(int rows) {
    int even = ceilDivide(rows, MOST);
    return Math.max(SMALLEST, ceilDivide(even, SMALLEST) * SMALLEST);
  }

  /** Runs the task over all rows; one at a time. */
  public void run(int allRows, RowTask rowTask) {
    rows = allRows;
    task = rowTask;
    team.run(this, parts(allRows));
    task = NOTHING;
  }

  @Override
  public void run(int part) {
    int size = rowsPerPart(rows);
    int from = part * size;
    task.run(part, from, Math.min(rows, from + size));
  }

  private static int ceilDivide(int x, int y) {
    return (x + y - 1) / y;
  }
}
