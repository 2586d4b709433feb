package dev.swax.runtime.data;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Expands a path pattern to files. */
final class FileFinder {
  /**
   * A file.
   *
   * @param name relative to the part of the pattern that has no wildcard
   * @param written as the pattern would name it, had it no wildcard
   */
  record Found(String name, String written, Path path) {}

  private final Path base;

  /** Relative patterns start at {@code base}. */
  FileFinder(Path base) {
    this.base = base;
  }

  /** Whether this is, letter by letter, the path of something. */
  boolean exists(String path) {
    try {
      return Files.exists(base.resolve(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** At least one file, in the order of names. */
  List<Found> find(String pattern) {
    Path literal = literal(pattern);
    if (literal == null) {
      return walk(pattern);
    }
    if (Files.isDirectory(literal)) {
      throw new UserError(
          "`%s` is a directory, but a text file is expected".formatted(pattern),
          "`%s/**` means every file in it".formatted(pattern.replaceAll("/+$", "")));
    }
    if (!Files.exists(literal)) {
      throw new UserError(
          "`%s` does not exist".formatted(pattern),
          "looked for %s: a path in a swax file starts at the folder of that file, a path on the command line at the current folder"
              .formatted(literal.toAbsolutePath().normalize()));
    }
    return List.of(new Found(String.valueOf(literal.getFileName()), pattern, literal));
  }

  /** The path that the pattern is itself, or null where it has wildcards and no such file is. */
  private @Nullable Path literal(String pattern) {
    if (Glob.isPattern(pattern) && !exists(pattern)) {
      return null;
    }
    try {
      return base.resolve(pattern);
    } catch (InvalidPathException e) {
      throw new UserError("`%s` is not a path: %s".formatted(pattern, e.getReason()), null);
    }
  }

  private List<Found> walk(String pattern) {
    int wildcard = Math.min(index(pattern, '*'), index(pattern, '?'));
    int fixed = pattern.lastIndexOf('/', wildcard) + 1;
    String written = pattern.substring(0, fixed);
    Path root = base.resolve(written);
    if (!Files.isDirectory(root)) {
      throw new UserError(
          "no file matches `%s`: there is no folder `%s`".formatted(pattern, written),
          "looked for %s: a path in a swax file starts at the folder of that file, a path on the command line at the current folder"
              .formatted(root.toAbsolutePath().normalize()));
    }
    List<Found> found = matches(root, written, new Glob(pattern.substring(fixed)));
    if (found.isEmpty()) {
      throw new UserError(
          "no file matches `%s`".formatted(pattern),
          "looked in %s; `*` stays within one folder, `**` crosses folders"
              .formatted(root.toAbsolutePath().normalize()));
    }
    return found;
  }

  private static List<Found> matches(Path root, String written, Glob glob) {
    List<Found> found = new ArrayList<>();
    try {
      FolderWalk.files(root, glob)
          .forEach((name, path) -> found.add(new Found(name, written + name, path)));
    } catch (UncheckedIOException e) {
      throw unreadable(root, written, Reasons.of(e));
    } catch (IOException e) {
      throw unreadable(root, written, Reasons.of(e));
    }
    return found;
  }

  private static UserError unreadable(Path root, String written, String reason) {
    return new UserError(
        "cannot read the folder `%s`: %s".formatted(written.isEmpty() ? "." : written, reason),
        "it is %s".formatted(root.toAbsolutePath().normalize()));
  }

  private static int index(String text, char wildcard) {
    int index = text.indexOf(wildcard);
    return index < 0 ? text.length() : index;
  }
}
