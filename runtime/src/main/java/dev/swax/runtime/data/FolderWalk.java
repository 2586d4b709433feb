package dev.swax.runtime.data;

import dev.swax.runtime.UserError;
import dev.swax.runtime.file.NewFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files below a folder that a glob matches. Links are followed, after all that is there without
 * them; a file that several lead to is found once. A folder is looked into once for each place of
 * the glob that it is reached at, so links in circles end, and folders that cannot hold a match are
 * left alone.
 */
final class FolderWalk {
  /** A file or folder on the way, its name below the root, and where the glob is behind it. */
  private record Step(Path path, String name, BitSet places) {}

  private record Visit(Object folder, BitSet places) {}

  private final Glob glob;
  private final Set<Visit> visited = new HashSet<>();
  private final Deque<Step> folders = new ArrayDeque<>();
  private final Deque<Step> links = new ArrayDeque<>();
  private final SequencedMap<Object, Step> files = new LinkedHashMap<>();

  private FolderWalk(Glob glob) {
    this.glob = glob;
  }

  /** Paths by their names below {@code root}, in the order of these. */
  static SequencedMap<String, Path> files(Path root, Glob glob) throws IOException {
    var walk = new FolderWalk(glob);
    walk.take(new Step(root, "", glob.start()), true);
    walk.run();
    SequencedMap<String, Path> found = new LinkedHashMap<>();
    walk.files.values().stream()
        .sorted((a, b) -> a.name().compareTo(b.name()))
        .forEach(file -> found.put(file.name(), file.path()));
    return found;
  }

  private void run() throws IOException {
    while (!folders.isEmpty() || !links.isEmpty()) {
      if (folders.isEmpty()) {
        take(links.removeFirst(), true);
      } else {
        look(folders.removeFirst());
      }
    }
  }

  private void look(Step folder) throws IOException {
    List<Path> children;
    try (Stream<Path> paths = Files.list(folder.path())) {
      children = paths.sorted().toList();
    }
    for (Path child : children) {
      String name = child.getFileName().toString();
      BitSet places = glob.after(folder.places(), name);
      if (!places.isEmpty()) {
        requireName(child);
        take(new Step(child, folder.name() + name, places), false);
      }
    }
  }

  /** {@code follow}: whether a link's turn has come. */
  private void take(Step step, boolean follow) throws IOException {
    LinkOption[] options =
        follow ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(step.path(), BasicFileAttributes.class, options);
    } catch (NoSuchFileException e) {
      if (follow && glob.accepts(step.places())) {
        throw new UserError(
            "`%s` is a link to a file that does not exist".formatted(step.name()),
            "bring the file back, or remove the link");
      }
      return; // gone since it was listed, or nothing that is asked for
    } catch (FileSystemException e) {
      if (!follow || glob.accepts(step.places()) || e instanceof AccessDeniedException) {
        throw e;
      }
      return; // a link to itself
    }
    if (attributes.isSymbolicLink()) {
      links.addLast(step);
    } else if (attributes.isDirectory()) {
      enter(step, FileIdentity.of(step.path(), attributes));
    } else if (glob.accepts(step.places()) && !NewFile.isLeftover(step.path())) {
      files.putIfAbsent(FileIdentity.of(step.path(), attributes), step);
    }
  }

  private void enter(Step folder, Object identity) {
    boolean root = folder.name().isEmpty();
    BitSet inside = root ? folder.places() : glob.after(folder.places(), "/");
    if (!inside.isEmpty() && visited.add(new Visit(identity, inside))) {
      String prefix = root ? "" : folder.name() + "/";
      folders.addLast(new Step(folder.path(), prefix, inside));
    }
  }

  /** Two names that are not UTF-8 may read alike; then one file would stand for both. */
  private static void requireName(Path path) {
    boolean exact;
    try {
      exact = path.getFileSystem().getPath(path.toString()).equals(path);
    } catch (InvalidPathException e) {
      exact = false;
    }
    if (!exact) {
      throw new UserError(
          "the name of `%s` is not UTF-8, so it cannot be distinguished from other names"
              .formatted(path),
          "rename it, or leave it out with a narrower pattern");
    }
  }
}
