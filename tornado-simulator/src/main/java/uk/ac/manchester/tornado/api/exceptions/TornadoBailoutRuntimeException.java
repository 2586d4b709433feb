package uk.ac.manchester.tornado.api.exceptions;

/** A kernel that the device's compiler does not take. */
public class TornadoBailoutRuntimeException extends RuntimeException {
  public TornadoBailoutRuntimeException(String message) {
    super(message);
  }
}
