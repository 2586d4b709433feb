package dev.swax.faultydisk;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a machine remembers of a disk of a network: what was not there when it looked last. */
final class AbsentNames {
  private final boolean remembers;
  private final Set<Path> names = ConcurrentHashMap.newKeySet();

  AbsentNames(boolean remembers) {
    this.remembers = remembers;
  }

  /** Fails where a path leads over what was not there. */
  void require(Path path) throws NoSuchFileException {
    for (Path at = key(path); at != null; at = at.getParent()) {
      if (names.contains(at)) {
        throw new NoSuchFileException(path.toString());
      }
    }
  }

  void missed(Path path) {
    if (remembers) {
      names.add(key(path));
    }
  }

  /** By this machine, which knows it then. */
  void made(Path path) {
    names.remove(key(path));
  }

  /** What is in a folder is looked for anew. */
  void opened(Path folder) {
    names.removeIf(name -> key(folder).equals(name.getParent()));
  }

  private static Path key(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
