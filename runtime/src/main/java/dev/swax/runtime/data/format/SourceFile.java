package dev.swax.runtime.data.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A file that is read, or an entry of an archive. It can be opened any number of times. */
public interface SourceFile {
  /** In messages and in names of documents; the same on every machine. */
  String name();

  /** As a user would type it, for messages about reading it. */
  default String written() {
    return name();
  }

  /** How many bytes it has as it is stored; those of an entry are counted unpacked. */
  long bytes();

  /** From its first byte. */
  SourceStream open() throws IOException;

  /** Where its bytes lie as a file of their own; empty for an entry and for what is packed. */
  Optional<Path> path();
}
