package dev.swax.grid.run;

import java.util.OptionalInt;

/** A process that computes a cell. */
public interface CellProcess {
  /** Its number in the system. */
  long pid();

  /** Its exit code once it has ended. */
  OptionalInt exitCode();

  /** Asks it to save and to end. */
  void stop();

  /** What it said when it ended, in a few lines. */
  String lastWords();
}
