package dev.swax.compiler.load;

import dev.swax.runtime.Hashes;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.data.Caching;
import dev.swax.runtime.file.Disk;
import dev.swax.runtime.file.NewFile;
import dev.swax.runtime.file.OwnFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/**
 * Class files of generated programs, kept between processes: a file for each program, named by the
 * hash of all that javac made it of. It is code, so it is used only in a folder that nobody but
 * this user can write to. Any number of processes share it. Whatever fails here costs time and
 * nothing else: the program is compiled anew, and the user is told.
 */
public final class ClassCache {
  private static final String NAME = "classes";
  private static final String ENDING = ".classes";

  /** Some thousand programs. */
  private static final long MOST_BYTES = 128 << 20;

  private final Path folder;
  private final long mostBytes;
  private final Consumer<String> notices;

  ClassCache(Path folder, long mostBytes, Consumer<String> notices) {
    this.folder = folder;
    this.mostBytes = mostBytes;
    this.notices = notices;
  }

  /** That of a folder of caches. */
  public static ClassCache below(Path caches, Consumer<String> notices) {
    return new ClassCache(caches.toAbsolutePath().resolve(NAME), MOST_BYTES, notices);
  }

  public Path folder() {
    return folder;
  }

  /** What a source was compiled to before, or what {@code javac} makes of it, which is kept. */
  SequencedMap<String, byte[]> classes(String question, Javac javac) {
    String name = hash(question) + ENDING;
    Optional<Path> trusted = trusted();
    Optional<SequencedMap<String, byte[]>> found =
        trusted.flatMap(place -> read(place.resolve(name)));
    if (found.isPresent()) {
      return found.get();
    }
    SequencedMap<String, byte[]> made = javac.compile();
    trusted.ifPresent(place -> write(place, name, made));
    return made;
  }

  /** Makes the class files of a program, by their binary names. */
  @FunctionalInterface
  interface Javac {
    SequencedMap<String, byte[]> compile();
  }

  private static String hash(String question) {
    byte[] bytes = question.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Hashes.sha256().digest(bytes));
  }

  /** The folder without links, made where it is missing; empty if it is not for code. */
  private Optional<Path> trusted() {
    try {
      if (!Disk.isFolder(folder)) {
        OwnFolder.create(folder);
      }
      Path real = folder.toRealPath();
      Optional<String> strangers = OwnFolder.strangers(real);
      strangers.ifPresent(this::notKept);
      return strangers.isPresent() ? Optional.empty() : Optional.of(real);
    } catch (IOException e) {
      notKept(Reasons.of(e));
      return Optional.empty();
    }
  }

  private Optional<SequencedMap<String, byte[]>> read(Path file) {
    try {
      Optional<SequencedMap<String, byte[]>> classes =
          KeptClasses.decode(RegularFile.bytes(file, RegularFile.fitting()));
      if (classes.isEmpty()) {
        notices.accept("note: %s is damaged; the program is compiled again".formatted(file));
      }
      return classes;
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      notices.accept(
          "note: cannot read %s: %s; the program is compiled again".formatted(file, Reasons.of(e)));
      return Optional.empty();
    }
  }

  private void write(Path place, String name, SequencedMap<String, byte[]> classes) {
    try {
      NewFile.write(place.resolve(name), KeptClasses.encode(classes));
      dropOldest(place);
    } catch (IOException e) {
      notKept(Reasons.of(e));
    }
  }

  private void notKept(String reason) {
    notices.accept(
        "note: compiled programs are not kept in %s: %s; `%s=DIR` names another folder"
            .formatted(folder, reason, Caching.VARIABLE));
  }

  private record Kept(Path file, BasicFileAttributes attributes) {
    static Kept of(Path file) throws IOException {
      return new Kept(
          file, Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    }
  }

  /** Down to the size that it may have; what killed processes left counts too. */
  private void dropOldest(Path place) throws IOException {
    List<Kept> all = kept(place);
    all.sort(Comparator.comparing(kept -> kept.attributes().lastModifiedTime()));
    long bytes = all.stream().mapToLong(kept -> kept.attributes().size()).sum();
    for (Kept oldest : all) {
      if (bytes <= mostBytes) {
        return;
      }
      Files.deleteIfExists(oldest.file());
      bytes -= oldest.attributes().size();
    }
  }

  private static List<Kept> kept(Path place) throws IOException {
    List<Kept> all = new ArrayList<>();
    for (Path file : Disk.entries(place)) {
      if (file.getFileName().toString().endsWith(ENDING) || NewFile.isLeftover(file)) {
        try {
          all.add(Kept.of(file));
        } catch (NoSuchFileException _) {
          continue; // another process has just dropped it
        }
      }
    }
    return all;
  }

  /** Bytes that it takes on the disk. */
  public long bytes() throws IOException {
    return Disk.isFolder(folder)
        ? kept(folder).stream().mapToLong(kept -> kept.attributes().size()).sum()
        : 0;
  }

  /** Deletes all of it. Who has begun to write goes on, and keeps what it writes. */
  public void clean() throws IOException {
    for (Kept kept : Disk.isFolder(folder) ? kept(folder) : List.<Kept>of()) {
      if (!NewFile.isLeftover(kept.file())) {
        Files.deleteIfExists(kept.file());
      }
    }
  }
}
