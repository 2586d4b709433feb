package dev.swax.formats;

import dev.swax.runtime.data.format.Compression;
import java.io.IOException;
import java.io.InputStream;

/** Frames of zstd, one behind the other. */
public final class Zstandard implements Compression {
  @Override
  public String ending() {
    return ".zst";
  }

  @Override
  public InputStream unpack(InputStream in) throws IOException {
    return new ZstandardStream(in);
  }
}
