package dev.swax.grid.run;

import dev.swax.grid.plan.Cell;

/** Starts processes. */
public interface CellProcesses {
  /** A process for the cell; it claims the cell itself. */
  CellProcess start(Cell cell);
}
