package dev.swax.runtime.data.format;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that are unpacked while they are read. */
public abstract class UnpackedStream extends InputStream {
  /** The next bytes, at least one; -1 at the end. */
  protected abstract int unpack(byte[] bytes, int from, int wanted) throws IOException;

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public final int read(byte[] bytes, int from, int wanted) throws IOException {
    return wanted == 0 ? 0 : unpack(bytes, from, wanted);
  }

  /** What was packed ends too early. */
  protected static PackedException cut() {
    return new PackedException("it is cut off: its last bytes are missing");
  }
}
