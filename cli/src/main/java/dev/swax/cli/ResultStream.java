package dev.swax.cli;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Standard output that does not lose data in silence: a failed write is an error of the user's.
 * Only a reader that has enough, as {@code head} has, is none.
 */
final class ResultStream extends OutputStream {
  /** Nobody reads on: the verb ends without a word. */
  static final class NotWanted extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private final OutputStream out;
  private boolean failed;

  ResultStream(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (failed) {
      return; // said once
    }
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failed = true;
      if ("Broken pipe".equals(e.getMessage())) {
        throw new NotWanted();
      }
      throw new UserError("cannot write to standard output: " + Reasons.of(e), null);
    }
  }
}
