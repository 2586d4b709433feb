package dev.swax.runtime.data.cache;

import dev.swax.runtime.Hashes;
import dev.swax.runtime.file.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The folder of one cache. What is being built lies in {@code building}, and takes the name {@code
 * ready} in one step when it is complete; only who has the {@link CacheLock} touches either.
 */
public record CacheFolder(Path path) {
  /** Letters of a name. */
  private static final int NAME = 32;

  /** The cache of what {@code question} describes, below {@code root}. */
  public static CacheFolder of(Path root, String question) {
    byte[] hash = Hashes.sha256().digest(question.getBytes(StandardCharsets.UTF_8));
    return new CacheFolder(root.resolve(HexFormat.of().formatHex(hash).substring(0, NAME)));
  }

  /** All below {@code root}. */
  public static List<CacheFolder> all(Path root) throws IOException {
    List<CacheFolder> all = new ArrayList<>();
    if (Disk.isFolder(root)) {
      for (Path entry : Disk.entries(root)) {
        if (entry.getFileName().toString().matches("[0-9a-f]{" + NAME + "}")
            && Disk.isFolder(entry)) {
          all.add(new CacheFolder(entry));
        }
      }
    }
    return all;
  }

  /** Makes it, for the eyes of its owner: tokens are text. */
  void create() throws IOException {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] own =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
            }
            : new FileAttribute<?>[0];
    Files.createDirectories(path, own);
  }

  public Path building() {
    return path.resolve("building");
  }

  public Path ready() {
    return path.resolve("ready");
  }

  private Path old() {
    return path.resolve("old");
  }

  /** Gives the name {@code ready} to what was built, in place of what had it. */
  public void publish() throws IOException {
    Disk.deleteTree(old());
    if (Disk.isThere(ready())) {
      Files.move(ready(), old());
    }
    Files.move(building(), ready());
    Disk.syncFolder(path);
    Disk.deleteTree(old());
  }

  /** Bytes of all that {@link #clean} deletes. */
  public long bytes() throws IOException {
    return bytes(ready()) + bytes(building()) + bytes(old());
  }

  private static long bytes(Path folder) throws IOException {
    long bytes = 0;
    for (Path entry : Disk.isFolder(folder) ? Disk.entries(folder) : List.<Path>of()) {
      bytes += Files.size(entry);
    }
    return bytes;
  }

  /** Deletes all of it but the lock, which somebody may wait for. */
  public void clean() throws IOException {
    for (Path part : List.of(ready(), building(), old())) {
      Disk.deleteTree(part);
    }
  }
}
