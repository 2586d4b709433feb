package dev.swax.runtime.data;

import dev.swax.runtime.FileNames;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Gathers text from files and archives, each once, up to a limit of bytes. */
final class TextCollector {
  /** An entry of an archive; the identity of a file is itself. */
  private record EntryIdentity(Object archive, String entry) {}

  private final FileFinder finder;
  private final long limit;
  private final List<TextFile> files = new ArrayList<>();
  private final Set<Object> seen = new HashSet<>();
  private long bytes;

  TextCollector(FileFinder finder, long limit) {
    this.finder = finder;
    this.limit = limit;
  }

  /** What was gathered and is not empty, in the order of names. */
  List<TextFile> files() {
    return files.stream()
        .filter(file -> file.length() > 0)
        .sorted(Comparator.comparing(TextFile::name))
        .toList();
  }

  /** Everything that a pattern means. */
  void add(String written) {
    TextPattern pattern = TextPattern.parse(written, finder::exists);
    for (FileFinder.Found found : finder.find(pattern.files())) {
      try {
        RegularFile.require(found.path());
        if (pattern.entries() == null) {
          addFile(found);
        } else {
          addEntries(found, pattern.entries());
        }
      } catch (ZipException e) {
        throw new UserError(
            "`%s` cannot be read as an archive: it is not a zip file, or it is damaged"
                .formatted(found.written()),
            "before `!` comes a zip or jar file; a `!` in a name is written `!!`");
      } catch (IOException e) {
        throw new UserError("cannot read `%s`: %s".formatted(found.written(), Reasons.of(e)), null);
      } catch (OutOfMemoryError e) {
        throw tooLarge(found.name(), limit);
      }
    }
  }

  private void addFile(FileFinder.Found found) throws IOException {
    if (seen.add(FileIdentity.of(found.path()))) {
      requireRoom(found.name(), Files.size(found.path()));
      add(found.name(), RegularFile.bytes(found.path(), limit - bytes));
    }
  }

  private void addEntries(FileFinder.Found found, String pattern) throws IOException {
    Object identity = FileIdentity.of(found.path());
    try (ZipFile archive = new ZipFile(found.path().toFile())) {
      List<ZipEntry> entries = Archive.entries(archive, found.written(), new Glob(pattern));
      if (entries.isEmpty()) {
        throw new UserError(
            "none of the %d entries of `%s` matches `%s`"
                .formatted(archive.size(), found.name(), pattern),
            "`**/*.java` means every Java file at any depth");
      }
      for (ZipEntry entry : entries) {
        if (seen.add(new EntryIdentity(identity, entry.getName()))) {
          String name = found.name() + "!" + entry.getName();
          requireRoom(name, entry.getSize());
          add(name, Archive.bytes(archive, entry, name));
        }
      }
    }
  }

  private void add(String name, byte[] text) {
    FileNames.requirePlain(name);
    bytes += text.length;
    files.add(TextReader.read(name, text));
  }

  /** Refuses before reading what would not fit. */
  private void requireRoom(String name, long size) {
    if (bytes + size > limit || size > Integer.MAX_VALUE - 8) {
      throw tooLarge(name, bytes + size);
    }
  }

  private UserError tooLarge(String name, long size) {
    return new UserError(
        String.format(
            Locale.ROOT,
            "the text is too large: %,d bytes up to `%s`, but %,d fit into this Java heap",
            size,
            name,
            limit),
        "name fewer or smaller files, or raise the heap with `JAVA_TOOL_OPTIONS=-Xmx8g`");
  }
}
