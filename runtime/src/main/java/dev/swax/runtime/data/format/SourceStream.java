package dev.swax.runtime.data.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The bytes of a {@link SourceFile}, which tells how far into what is stored they have come. */
public final class SourceStream extends FilterInputStream {
  private final @Nullable SourceStream stored;
  private long taken;

  private SourceStream(InputStream in, @Nullable SourceStream stored) {
    super(in);
    this.stored = stored;
  }

  /** Bytes as they are stored. */
  public static SourceStream of(InputStream in) {
    return new SourceStream(in, null);
  }

  /** Bytes that are unpacked from {@code stored}. */
  static SourceStream unpacked(InputStream in, SourceStream stored) {
    return new SourceStream(in, stored);
  }

  /** How many of the file's stored bytes were read. */
  public long taken() {
    return stored == null ? taken : stored.taken();
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    taken += value < 0 ? 0 : 1;
    return value;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int read = in.read(bytes, from, length);
    taken += Math.max(0, read);
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = in.skip(count);
    taken += skipped;
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
