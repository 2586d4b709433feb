package dev.swax.cli;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.io.OutputStream;

/** Standard output that does not lose data in silence: a failed write is an error of the user's. */
final class ResultStream extends OutputStream {
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
      throw new UserError("cannot write to standard output: " + Reasons.of(e), null);
    }
  }
}
