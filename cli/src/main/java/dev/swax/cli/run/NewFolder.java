package dev.swax.cli.run;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.file.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A folder that is there whole or not at all. */
final class NewFolder {
  private NewFolder() {}

  /** Fills a folder that is not there yet, given where it is until it is whole. */
  @FunctionalInterface
  interface Filler {
    void fill(Path folder) throws IOException;
  }

  /** Refuses what is in the way. */
  static void requireFree(Path target, String option) {
    try {
      if (Disk.isThere(target) && !(Disk.isFolder(target) && Disk.entries(target).isEmpty())) {
        throw new UserError(
            "`%s` is there already, and is not an empty folder".formatted(target),
            "give another folder with `%s`".formatted(option));
      }
    } catch (IOException e) {
      throw cannot(target, e);
    }
  }

  /** Makes a folder beside the target, lets it be filled, and gives it its name. */
  static void make(Path target, Filler filler) {
    Path absolute = target.toAbsolutePath().normalize();
    Path temporary = absolute.resolveSibling(".swax-" + UUID.randomUUID() + ".new");
    List<Path> above = missing(absolute.getParent());
    try {
      Files.createDirectories(temporary);
      try {
        filler.fill(temporary);
        Disk.syncFolder(temporary);
        Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
        Disk.syncFolder(absolute.resolveSibling(".").normalize());
      } catch (IOException | RuntimeException | Error e) {
        Disk.deleteTree(temporary);
        for (Path folder : above) {
          Files.delete(folder);
        }
        throw e;
      }
    } catch (IOException e) {
      throw cannot(target, e);
    }
  }

  /** A folder and those above it, as far as they are not there yet; the deepest first. */
  private static List<Path> missing(@Nullable Path folder) {
    List<Path> missing = new ArrayList<>();
    for (Path at = folder; at != null && Files.notExists(at); at = at.getParent()) {
      missing.add(at);
    }
    return missing;
  }

  private static UserError cannot(Path target, IOException cause) {
    return new UserError("cannot write `%s`: %s".formatted(target, Reasons.of(cause)), null);
  }
}
