package dev.swax.grid.run;

import dev.swax.grid.plan.Cell;
import dev.swax.grid.store.CellFolder;
import dev.swax.grid.store.Owner;
import java.nio.file.Path;
import java.util.List;

/** Is told how a grid gets on. */
public interface Watcher {
  /** A cell's result is there. */
  void finished(Cell cell, int done, int all);

  /** A cell cannot be computed; {@code log} has what its process printed. */
  void failed(Cell cell, CellFolder.Failure failure, Path log);

  /** A process ended without a result and is started again. */
  void retried(Cell cell, int code, String words);

  /** A process of another runner, alive or orphaned, has the cell: it is waited for. */
  void waiting(Cell cell, Owner owner);

  /** Now and then: what runs here, and what is left. */
  void status(List<Cell> running, List<Cell> left);
}
