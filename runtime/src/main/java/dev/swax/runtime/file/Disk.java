package dev.swax.runtime.file;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What makes files and their names last. */
public final class Disk {
  /** Longer than disks of networks usually remember that something was not there. */
  private static final Duration LATEST = Duration.ofSeconds(90);

  private static final Duration PAUSE = Duration.ofMillis(100);

  private Disk() {}

  /** Makes names in the folder survive a loss of power, where the system can promise that. */
  public static void syncFolder(Path folder) throws IOException {
    if (File.separatorChar != '/') { // others refuse to open a folder
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (AccessDeniedException e) {
      return; // a folder may be written to by whom it may not be read
    }
  }

  /** Whether something is there. Unlike {@link Files#exists}, this does not take a fault for no. */
  public static boolean isThere(Path path, LinkOption... options) throws IOException {
    try {
      Files.readAttributes(path, BasicFileAttributes.class, options);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Whether a folder is there; the same holds as for {@link #isThere}. */
  public static boolean isFolder(Path path, LinkOption... options) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, options).isDirectory();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /**
   * Has what other machines have made in a folder seen here: a disk of a network may remember for a
   * minute that something was not there, unless its folder is opened meanwhile.
   */
  public static void lookAgain(Path folder) throws IOException {
    try (DirectoryStream<Path> _ = Files.newDirectoryStream(folder)) {
      return;
    } catch (AccessDeniedException e) {
      return; // what may not be read cannot be opened
    } catch (NoSuchFileException e) {
      Path above = folder.toAbsolutePath().getParent();
      if (above != null) {
        lookAgain(above);
      }
    }
  }

  /**
   * Whether something is there that another process has made, now or within a minute and a half.
   */
  public static boolean comes(Path path) throws IOException {
    return comes(path, LATEST);
  }

  static boolean comes(Path path, Duration latest) throws IOException {
    return within(latest, path.toAbsolutePath().resolveSibling("."), () -> isThere(path));
  }

  /** What is asked of a disk. */
  @FunctionalInterface
  interface Question {
    boolean holds() throws IOException;
  }

  /** Whether it holds, now or later, of what other processes make in a folder. */
  static boolean within(Duration latest, Path folder, Question question) throws IOException {
    long start = System.nanoTime();
    while (!question.holds()) {
      if (System.nanoTime() - start > latest.toNanos()) {
        return false;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      lookAgain(folder);
    }
    return true;
  }

  /** What is in a folder, by name. */
  public static List<Path> entries(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    entries.sort(Comparator.naturalOrder());
    return entries;
  }

  /** Deletes a folder with all that is in it, or a file, or nothing if it is not there. */
  public static void deleteTree(Path path) throws IOException {
    if (isFolder(path, LinkOption.NOFOLLOW_LINKS)) {
      for (Path entry : entries(path)) {
        deleteTree(entry);
      }
    }
    Files.deleteIfExists(path);
  }
}
