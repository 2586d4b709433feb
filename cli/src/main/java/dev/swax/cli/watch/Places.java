package dev.swax.cli.watch;

import dev.swax.runtime.file.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/** Finds runs and grids below some folders. What cannot be looked into is left out. */
final class Places {
  private static final int DEEPEST = 6;
  private static final int MOST_FOLDERS = 20_000;
  private static final Set<String> NO_RUNS = Set.of("node_modules", "target", "checkpoints", "src");

  private final Path base;
  private final SequencedMap<String, Path> runs = new LinkedHashMap<>();
  private final SequencedMap<String, Path> grids = new LinkedHashMap<>();
  private int looked;

  private Places(Path base) {
    this.base = base;
  }

  /**
   * What is there.
   *
   * @param runs each by its path, from the base where it lies below
   * @param grids likewise
   * @param complete false where there are too many folders to look into all
   */
  record Found(
      SequencedMap<String, Path> runs, SequencedMap<String, Path> grids, boolean complete) {}

  /** Looks into these folders and what is below them. */
  static Found below(List<Path> roots, Path base) {
    var places = new Places(base);
    roots.forEach(root -> places.look(root, 0));
    return new Found(places.runs, places.grids, places.looked < MOST_FOLDERS);
  }

  private void look(Path folder, int depth) {
    looked++;
    if (isRun(folder)) {
      runs.put(name(folder), folder);
      return;
    }
    if (isGrid(folder)) {
      grids.put(name(folder), folder);
    }
    for (Path entry : folders(folder)) {
      if (depth < DEEPEST && looked < MOST_FOLDERS) {
        look(entry, depth + 1);
      }
    }
  }

  private static boolean isRun(Path folder) {
    return Files.isRegularFile(folder.resolve("manifest.json"))
        && Files.isRegularFile(folder.resolve("config.txt"));
  }

  private static boolean isGrid(Path folder) {
    return Files.isRegularFile(folder.resolve("plan.json"))
        || Files.isDirectory(folder.resolve("cells"));
  }

  private List<Path> folders(Path folder) {
    List<Path> folders = new ArrayList<>();
    try {
      for (Path entry : Disk.entries(folder)) {
        String name = String.valueOf(entry.getFileName());
        boolean wanted = !name.startsWith(".") && !NO_RUNS.contains(name);
        if (wanted && Files.isDirectory(entry) && !Files.isSymbolicLink(entry)) {
          folders.add(entry);
        }
      }
    } catch (IOException e) {
      return List.of(); // it went away, or is not for us to read
    }
    return folders;
  }

  private String name(Path folder) {
    Path name = folder.startsWith(base) ? base.relativize(folder) : folder;
    return name.toString().isEmpty() ? "." : name.toString();
  }
}
