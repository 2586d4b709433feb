package dev.swax.lsp;

import dev.swax.compiler.source.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The swax files of the folders that the editor has open. */
final class ProjectFiles {
  /** Further files are not looked at: a folder of so many is no project. */
  private static final int MOST = 2_000;

  private static final int DEEPEST = 12;
  private static final List<String> LEFT_OUT = List.of("node_modules", "target", "runs");

  private final Workspace workspace;
  private final List<Path> roots = new ArrayList<>();

  ProjectFiles(Workspace workspace) {
    this.workspace = workspace;
  }

  void add(Path root) {
    roots.add(root);
  }

  void remove(Path root) {
    roots.remove(root);
  }

  /** Their names; those that the editor has and the one with {@code place} are always there. */
  Set<String> files(@Nullable Span place) {
    Set<String> names = new TreeSet<>(workspace.openNames());
    if (place != null) {
      names.add(place.file().name());
    }
    for (Path root : roots) {
      collect(root, names);
    }
    return names;
  }

  private static void collect(Path root, Set<String> names) {
    try {
      Files.walkFileTree(root, EnumSet.noneOf(FileVisitOption.class), DEEPEST, new Visitor(names));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final Set<String> names;

    Visitor(Set<String> names) {
      this.names = names;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      Path name = folder.getFileName();
      boolean leftOut =
          name != null && (name.toString().startsWith(".") || LEFT_OUT.contains(name.toString()));
      return leftOut ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (file.toString().endsWith(".swax") && attributes.isRegularFile()) {
        names.add(file.normalize().toString().replace('\\', '/'));
      }
      return names.size() < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
      return FileVisitResult.CONTINUE; // of no use to the editor either
    }
  }
}
