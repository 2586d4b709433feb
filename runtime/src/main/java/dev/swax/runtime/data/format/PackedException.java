package dev.swax.runtime.data.format;

import java.io.IOException;

/** Bytes that cannot be unpacked; the message says why, without the file. */
public final class PackedException extends IOException {
  private static final long serialVersionUID = 1;

  public PackedException(String message) {
    super(message);
  }
}
