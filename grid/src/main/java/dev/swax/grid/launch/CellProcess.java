package dev.swax.grid.launch;

import java.util.OptionalInt;

/** A process that computes cells. */
public interface CellProcess {
  /** Its exit code once it has ended. */
  OptionalInt exitCode();

  /**
   * The runner ends. A process that nobody else looks after is asked to save and to end; one that
   * an engine has goes on, and this object counts as ended.
   */
  void stop();

  /** What it said when it ended, in a few lines. */
  String lastWords();
}
