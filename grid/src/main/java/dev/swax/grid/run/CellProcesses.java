package dev.swax.grid.run;

import dev.swax.grid.plan.Cell;
import java.util.List;

/** Starts processes. */
public interface CellProcesses {
  /**
   * A process for the first of these cells, and for the others after it as far as nobody else has
   * them. It claims each itself.
   */
  CellProcess start(List<Cell> cells);
}
