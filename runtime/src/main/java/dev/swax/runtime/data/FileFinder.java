package dev.swax.runtime.data;

import dev.swax.runtime.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Expands a path pattern to files. */
final class FileFinder {
  /** A file and its name relative to the part of the pattern that has no wildcard. */
  record Found(String name, Path path) {}

  private final Path base;

  /** Relative patterns start at {@code base}. */
  FileFinder(Path base) {
    this.base = base;
  }

  /** At least one file, in the order of names. */
  List<Found> find(String pattern) {
    Path literal = literal(pattern);
    if (literal == null) {
      return walk(pattern);
    }
    if (Files.isDirectory(literal)) {
      throw new UserError(
          "`%s` is a directory, but a text file is wanted".formatted(pattern),
          "`%s/**` means every file in it".formatted(pattern.replaceAll("/+$", "")));
    }
    if (!Files.exists(literal)) {
      throw new UserError(
          "`%s` does not exist; looked for it in %s".formatted(pattern, folder(literal)),
          "paths in a swax file start at the folder of that file");
    }
    return List.of(new Found(String.valueOf(literal.getFileName()), literal));
  }

  /** The path that the pattern is itself, or null where it has wildcards and no such file is. */
  private @Nullable Path literal(String pattern) {
    try {
      Path path = base.resolve(pattern);
      return Glob.isPattern(pattern) && !Files.exists(path) ? null : path;
    } catch (InvalidPathException e) {
      if (Glob.isPattern(pattern)) {
        return null; // some systems do not allow wildcards in names
      }
      throw new UserError("`%s` is no path: %s".formatted(pattern, e.getReason()), null);
    }
  }

  private List<Found> walk(String pattern) {
    int wildcard = Math.min(index(pattern, '*'), index(pattern, '?'));
    int fixed = pattern.lastIndexOf('/', wildcard) + 1;
    Path root = base.resolve(pattern.substring(0, fixed));
    Glob glob = new Glob(pattern.substring(fixed));
    if (!Files.isDirectory(root)) {
      throw new UserError(
          "no file matches `%s`: the folder %s does not exist"
              .formatted(pattern, root.toAbsolutePath().normalize()),
          "paths in a swax file start at the folder of that file");
    }
    List<Found> found = matches(root, glob);
    if (found.isEmpty()) {
      throw new UserError(
          "no file in %s matches `%s`"
              .formatted(root.toAbsolutePath().normalize(), pattern.substring(fixed)),
          "`*` stays within one folder; `**` crosses folders");
    }
    return found;
  }

  private static List<Found> matches(Path root, Glob glob) {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> new Found(slashes(root.relativize(path)), path))
          .filter(found -> glob.matches(found.name()))
          .sorted((a, b) -> a.name().compareTo(b.name()))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new UserError("cannot look into %s: %s".formatted(root, reason(e)), null);
    }
  }

  private static int index(String text, char wildcard) {
    int index = text.indexOf(wildcard);
    return index < 0 ? text.length() : index;
  }

  private static Path folder(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    return parent == null ? absolute : parent;
  }

  private static String slashes(Path path) {
    return path.toString().replace(path.getFileSystem().getSeparator(), "/");
  }

  private static String reason(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
