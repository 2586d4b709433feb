package dev.swax.grid.launch;

import dev.swax.grid.plan.Cell;
import java.time.Duration;
import java.util.List;

/** Starts the processes that compute cells: here, or wherever an engine puts them. */
public interface Launcher {
  /**
   * A process for each group of cells: for its first cell, and for the others after it as far as
   * nobody else has them. It claims each itself. One that cannot be started has ended, and its last
   * words say why.
   *
   * @throws dev.swax.runtime.UserError where none can be started, for a reason that all share
   */
  List<CellProcess> start(List<List<Cell>> groups);

  /** How many models a process trains and measures, one after another, at most. */
  int models();

  /** How long to wait before looking at the processes again. */
  Duration pace();
}
