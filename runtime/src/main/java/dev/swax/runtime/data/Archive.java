package dev.swax.runtime.data;

import dev.swax.runtime.UserError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Finds entries of a zip file. */
final class Archive {
  static final String HELP =
      "make the archive again, or leave the entry out with a narrower pattern";

  private Archive() {}

  /** The files in it whose names match; {@code name} is that of the archive in messages. */
  static List<ZipEntry> entries(ZipFile archive, String name, Glob glob) {
    List<? extends ZipEntry> found =
        archive.stream()
            .filter(entry -> !entry.isDirectory() && glob.matches(entry.getName()))
            .toList();
    Set<String> names = new HashSet<>();
    for (ZipEntry entry : found) {
      if (!names.add(entry.getName())) {
        throw new UserError("`%s` has two entries `%s`".formatted(name, entry.getName()), HELP);
      }
    }
    return List.copyOf(found);
  }
}
