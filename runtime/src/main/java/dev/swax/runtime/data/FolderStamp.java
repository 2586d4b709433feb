package dev.swax.runtime.data;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** What files look like; equal as long as none comes, goes, is written or becomes unreadable. */
public record FolderStamp(List<FileStamp> files) {
  public FolderStamp {
    files = List.copyOf(files);
  }

  /**
   * A file of the disk.
   *
   * @param modified milliseconds since 1970
   * @param key what the file system calls it
   */
  public record FileStamp(String name, long bytes, long modified, String key, boolean readable) {
    static FileStamp of(FileFinder.Found found) {
      Path path = found.path();
      try {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new FileStamp(
            found.written(),
            attributes.size(),
            attributes.lastModifiedTime().toMillis(),
            String.valueOf(FileIdentity.of(path, attributes)),
            Files.isReadable(path));
      } catch (IOException e) {
        throw new UserError("cannot read `%s`: %s".formatted(found.written(), Reasons.of(e)), null);
      }
    }
  }

  /** Of the files that patterns mean, or of the archives; relative ones start at {@code base}. */
  static FolderStamp of(Path base, List<String> patterns) {
    var finder = new FileFinder(base);
    List<FileStamp> stamps = new ArrayList<>();
    for (String written : patterns) {
      finder.find(TextPattern.parse(written, finder::exists).files()).stream()
          .map(FileStamp::of)
          .forEach(stamps::add);
    }
    return new FolderStamp(stamps);
  }

  /** Of all files, as they are on the disk. */
  public long bytes() {
    return files.stream().mapToLong(FileStamp::bytes).sum();
  }
}
