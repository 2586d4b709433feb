package dev.swax.runtime.checkpoint;

/** A file that is not what was once written: cut short, changed, or never one of ours. */
public final class DamagedFileException extends Exception {
  private static final long serialVersionUID = 1;

  public DamagedFileException(String message) {
    super(message);
  }
}
