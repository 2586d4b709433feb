package dev.swax.grid.launch;

import java.util.OptionalInt;

/** A process that computes a cell. */
public interface CellProcess {
  /** Its exit code once it has ended. */
  OptionalInt exitCode();

  /** Asks it to save and to end. */
  void stop();

  /** What it said when it ended, in a few lines. */
  String lastWords();
}
