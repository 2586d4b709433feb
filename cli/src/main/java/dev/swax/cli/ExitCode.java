package dev.swax.cli;

/** How a process of swax ends. */
public final class ExitCode {
  /** Everything that was asked for is done. */
  public static final int DONE = 0;

  /**
   * A check that was asked for says no: {@code verify}, {@code fmt --check}, {@code doctor}, an
   * {@code expect} of a grid.
   */
  public static final int CHECK_FAILED = 1;

  /** Something that the user can put right; a message says what. */
  public static final int USER_ERROR = 2;

  /** A fault of swax; a message names the file with the details. */
  public static final int FAULT = 70;

  /** Stopped by a signal after a checkpoint: start it again with {@code resume}. */
  public static final int CHECKPOINTED = 75;

  /** Whoever reads the results has enough: the code of a process that SIGPIPE ends. */
  static final int NOT_WANTED = 141;

  private ExitCode() {}
}
