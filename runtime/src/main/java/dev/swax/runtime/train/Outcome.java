package dev.swax.runtime.train;

import org.jspecify.annotations.Nullable;

/**
 * How training ended; a checkpoint of its weights is on the disk.
 *
 * @param stopped whether it was asked to stop before its last step: then exit with 75
 * @param step the last that was trained
 * @param validation of the weights, or null where it was stopped
 */
public record Outcome(boolean stopped, long step, @Nullable Validation validation) {
  /** The validation of a run that was not stopped. */
  public Validation last() {
    if (validation == null) {
      throw new IllegalStateException("the run was stopped at step " + step);
    }
    return validation;
  }

  /** The exit code of a process that trained: 0, or 75 for "saved, start me again". */
  public int exitCode() {
    return stopped ? 75 : 0;
  }
}
