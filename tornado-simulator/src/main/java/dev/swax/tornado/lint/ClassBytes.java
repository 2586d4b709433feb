package dev.swax.tornado.lint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Where the bytes of classes are found. */
@FunctionalInterface
public interface ClassBytes {
  /** The class file of a class by its internal name, as {@code java/lang/Math}. */
  Optional<byte[]> find(String internalName);

  /** What a class loader finds as resources. */
  static ClassBytes of(ClassLoader loader) {
    return name -> {
      try (InputStream in = loader.getResourceAsStream(name + ".class")) {
        return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }
}
