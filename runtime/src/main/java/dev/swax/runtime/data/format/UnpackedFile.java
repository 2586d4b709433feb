package dev.swax.runtime.data.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** A packed file with its compression taken off. */
record UnpackedFile(SourceFile stored, Compression compression) implements SourceFile {
  @Override
  public String name() {
    return stored.name();
  }

  @Override
  public String written() {
    return stored.written();
  }

  @Override
  public long bytes() {
    return stored.bytes();
  }

  @Override
  public SourceStream open() throws IOException {
    SourceStream in = stored.open();
    try {
      InputStream unpacked = compression.unpack(in);
      return SourceStream.unpacked(unpacked, in);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  @Override
  public Optional<Path> path() {
    return Optional.empty();
  }
}
