package dev.swax.grid.launch;

import dev.swax.grid.plan.Cell;
import java.util.List;

/** Starts the processes that compute cells: here, or wherever an engine puts them. */
public interface Launcher {
  /**
   * A process for the first of these cells, and for the others after it as far as nobody else has
   * them. It claims each itself.
   */
  CellProcess start(List<Cell> cells);
}
