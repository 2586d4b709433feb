package dev.swax.cli.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the swax file of a run is, so that its text is found.
 *
 * @param file absolute
 * @param expected where it would be had the run been moved with it
 */
record Place(Path file, Path expected) {

  /**
   * @param here the file, from the run's folder
   * @param began the file, absolute, when the run began
   */
  static Place of(Path run, String here, String began) {
    Path expected = absolute(run).resolve(here).normalize();
    Path then = absolute(run).resolve(began).normalize();
    boolean moved = !Files.exists(expected) && (Files.exists(then) || hasFolder(then));
    return new Place(moved ? then : expected, expected);
  }

  private static boolean hasFolder(Path file) {
    return Files.isDirectory(file.resolveSibling("."));
  }

  /** The file's path from the folder of a run, with slashes. */
  static String from(Path run, Path file) {
    Path folder = absolute(run);
    return Objects.equals(folder.getRoot(), file.getRoot())
        ? folder.relativize(file).toString().replace('\\', '/')
        : file.toString();
  }

  private static Path absolute(Path run) {
    return run.toAbsolutePath().normalize();
  }

  /** What to tell where the run is not beside its file any more, and reads what it began with. */
  Optional<String> remark() {
    return file.equals(expected)
        ? Optional.empty()
        : Optional.of(
            "reading from %s, where the run began: there is no %s"
                .formatted(file.resolveSibling(".").normalize(), expected));
  }
}
