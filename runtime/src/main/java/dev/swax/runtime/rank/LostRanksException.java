package dev.swax.runtime.rank;

/** The processes of a training cannot reach each other any more: one of them has ended. */
public class LostRanksException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public LostRanksException(String message, Throwable cause) {
    super(message, cause);
  }
}
