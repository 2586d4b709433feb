package dev.swax.runtime.data.format;

import java.io.InputStream;

/** Members of gzip, one behind the other. */
final class Gzip implements Compression {
  @Override
  public String ending() {
    return ".gz";
  }

  @Override
  public InputStream unpack(InputStream in) {
    return new GzipStream(in);
  }
}
