package dev.swax.runtime.rank.mpi;

/** A call of MPI has failed. */
final class MpiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MpiException(String message) {
    super(message);
  }

  MpiException(String message, Throwable cause) {
    super(message, cause);
  }
}
