package dev.swax.lsp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * The standard library as files that an editor can open: copies in the folder of swax's caches, one
 * for each state of the library.
 */
final class Library {
  private static final String PREFIX = "std/";

  private final Path folder;

  Library(Path caches) {
    folder = caches.resolve("library");
  }

  /** The file of the library that a path is a copy of: {@code std/cells.swax}. */
  Optional<String> name(Path path) {
    if (!path.startsWith(folder) || path.getNameCount() != folder.getNameCount() + 3) {
      return Optional.empty();
    }
    Path inside = folder.relativize(path);
    String name = inside.getName(1) + "/" + inside.getName(2);
    return name.startsWith(PREFIX) ? Optional.of(name) : Optional.empty();
  }

  /** The copy of a file of the library; empty where none can be written. */
  Optional<Path> copy(String name) {
    byte[] text = text(name);
    Path path = folder.resolve(Integer.toHexString(Arrays.hashCode(text))).resolve(name);
    if (Files.exists(path)) {
      return Optional.of(path);
    }
    try {
      Path parent = path.resolveSibling("");
      Files.createDirectories(parent);
      Path fresh = Files.createTempFile(parent, "new", ".tmp");
      Files.write(fresh, text);
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
      return Optional.of(path);
    } catch (IOException unwritable) {
      return Optional.empty();
    }
  }

  private static byte[] text(String name) {
    try (InputStream stream = Library.class.getResourceAsStream("/swax/" + name)) {
      if (stream == null) {
        throw new IllegalStateException("the library has no file " + name);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the standard library cannot be read", e);
    }
  }
}
