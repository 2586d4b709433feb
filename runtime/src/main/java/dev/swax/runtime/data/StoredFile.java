package dev.swax.runtime.data;

import dev.swax.runtime.RegularFile;
import dev.swax.runtime.data.format.SourceFile;
import dev.swax.runtime.data.format.SourceStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file of the disk. */
record StoredFile(String name, String written, long bytes, Path place) implements SourceFile {
  static StoredFile of(FileFinder.Found found) throws IOException {
    RegularFile.require(found.path());
    return new StoredFile(found.name(), found.written(), Files.size(found.path()), found.path());
  }

  @Override
  public SourceStream open() throws IOException {
    RegularFile.require(place);
    return SourceStream.of(Files.newInputStream(place));
  }

  @Override
  public Optional<Path> path() {
    return Optional.of(place);
  }
}
