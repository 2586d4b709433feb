package uk.ac.manchester.tornado.api.exceptions;

/** A graph, a plan or a kernel that must not be run, or that went wrong. */
public class TornadoRuntimeException extends RuntimeException {
  public TornadoRuntimeException(String message) {
    super(message);
  }

  public TornadoRuntimeException(Exception cause) {
    super(cause);
  }
}
