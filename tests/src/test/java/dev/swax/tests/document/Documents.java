package dev.swax.tests.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The documents of the repository. */
final class Documents {
  private Documents() {}

  static Path root() {
    return Path.of(System.getProperty("swax.root")).toAbsolutePath().normalize();
  }

  /** Everything that users and contributors read. */
  static List<Page> all() {
    return Stream.of(
            Stream.of(root().resolve("README.md"), root().resolve("CONTRIBUTING.md")),
            below("docs"),
            below("examples"))
        .flatMap(files -> files)
        .map(Page::read)
        .toList();
  }

  /** Those whose blocks are done one after the other, as a reader does them. */
  static List<Page> followed() {
    return Stream.concat(Stream.of(root().resolve("docs/quickstart.md")), below("docs/how-to"))
        .map(Page::read)
        .toList();
  }

  private static Stream<Path> below(String folder) {
    try (Stream<Path> files = Files.walk(root().resolve(folder))) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.startsWith(root().resolve("docs/site")))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
