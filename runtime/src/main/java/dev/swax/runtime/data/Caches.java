package dev.swax.runtime.data;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.data.cache.CacheFolder;
import dev.swax.runtime.data.cache.CacheLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The caches below a folder, to be shown and removed. */
public final class Caches {
  private Caches() {}

  /**
   * A cache.
   *
   * @param of the text that it is made of: where its patterns start, and these
   * @param bytes that it takes on the disk
   * @param complete whether there is nothing to be made
   */
  public record Entry(Path folder, String of, long bytes, boolean complete) {}

  /** All below {@code root}; what was removed has no entry. */
  public static List<Entry> all(Path root) {
    try {
      List<Entry> entries = new ArrayList<>();
      for (CacheFolder folder : CacheFolder.all(root)) {
        entry(folder).ifPresent(entries::add);
      }
      return entries;
    } catch (IOException e) {
      throw new UserError("cannot look at %s: %s".formatted(root, Reasons.of(e)), null);
    }
  }

  /** That of a folder, if something is there. */
  static Optional<Entry> entry(CacheFolder folder) throws IOException {
    long bytes = folder.bytes();
    Optional<CacheManifest> ready = CacheManifest.read(folder.ready());
    Optional<CacheManifest> any = ready.or(() -> begun(folder));
    return bytes == 0
        ? Optional.empty()
        : Optional.of(
            new Entry(
                folder.path(),
                any.map(CacheManifest::question).map(Caches::describe).orElse("unknown text"),
                bytes,
                ready.isPresent()));
  }

  private static Optional<CacheManifest> begun(CacheFolder folder) {
    try {
      return CacheManifest.read(folder.building());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static String describe(String question) {
    List<String> lines = question.lines().toList();
    return line(lines, "files ") + " in " + line(lines, "folder ");
  }

  private static String line(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()))
        .findFirst()
        .orElse("");
  }

  /** Removes a cache; refused while a process builds it. Who reads it goes on reading. */
  public static void clean(Entry entry) {
    var folder = new CacheFolder(entry.folder());
    try {
      Optional<CacheLock> lock = CacheLock.tryTake(folder);
      if (lock.isEmpty()) {
        throw new UserError(
            "the cache %s is in use by %s, which builds it"
                .formatted(entry.folder(), CacheLock.holder(folder)),
            "wait for it, or stop it");
      }
      try (CacheLock _ = lock.get()) {
        folder.clean();
      }
    } catch (IOException e) {
      throw new UserError(
          "cannot remove the cache %s: %s".formatted(entry.folder(), Reasons.of(e)), null);
    }
  }
}
