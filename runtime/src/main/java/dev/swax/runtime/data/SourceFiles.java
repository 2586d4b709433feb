package dev.swax.runtime.data;

import dev.swax.runtime.FileNames;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.data.format.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The files and entries that patterns mean, each once. Archives are open until it is closed. */
public final class SourceFiles implements AutoCloseable {
  /** An entry of an archive; the identity of a file is itself. */
  private record EntryIdentity(Object archive, String entry) {}

  private final FileFinder finder;
  private final List<SourceFile> files = new ArrayList<>();
  private final SequencedMap<String, SequencedSet<String>> patterns = new LinkedHashMap<>();
  private final List<ZipFile> archives = new ArrayList<>();
  private final Set<Object> seen = new HashSet<>();

  private SourceFiles(Path base) {
    finder = new FileFinder(base);
  }

  /** Relative patterns start at {@code base}; each means at least one file. */
  public static SourceFiles find(Path base, List<String> patterns) {
    var found = new SourceFiles(base);
    try {
      patterns.forEach(found::add);
      return found;
    } catch (RuntimeException e) {
      found.close();
      throw e;
    }
  }

  /** In the order of names. */
  public List<SourceFile> files() {
    return files.stream().sorted(Comparator.comparing(SourceFile::name)).toList();
  }

  /** The patterns that gave the files of a name, by that name. */
  SequencedMap<String, SequencedSet<String>> patterns() {
    return patterns;
  }

  private void add(String written) {
    TextPattern pattern = TextPattern.parse(written, finder::exists);
    for (FileFinder.Found found : finder.find(pattern.files())) {
      try {
        StoredFile file = StoredFile.of(found);
        if (pattern.entries() != null) {
          addEntries(written, found, pattern.entries());
        } else if (seen.add(FileIdentity.of(found.path()))) {
          add(written, file);
        }
      } catch (ZipException e) {
        throw new UserError(
            "`%s` cannot be read as an archive: it is not a zip file, or it is damaged"
                .formatted(found.written()),
            "before `!` comes a zip or jar file; a `!` in a name is written `!!`");
      } catch (IOException e) {
        throw new UserError("cannot read `%s`: %s".formatted(found.written(), Reasons.of(e)), null);
      }
    }
  }

  private void addEntries(String written, FileFinder.Found found, String pattern)
      throws IOException {
    Object identity = FileIdentity.of(found.path());
    var archive = new ZipFile(found.path().toFile());
    archives.add(archive);
    List<ZipEntry> entries = Archive.entries(archive, found.written(), new Glob(pattern));
    if (entries.isEmpty()) {
      throw new UserError(
          "none of the %d entries of `%s` matches `%s`"
              .formatted(archive.size(), found.name(), pattern),
          "`**/*.java` means every Java file at any depth");
    }
    for (ZipEntry entry : entries) {
      if (seen.add(new EntryIdentity(identity, entry.getName()))) {
        add(written, new ArchivedFile(found.name() + "!" + entry.getName(), archive, entry));
      }
    }
  }

  private void add(String pattern, SourceFile file) {
    FileNames.requirePlain(file.name());
    files.add(file);
    patterns.computeIfAbsent(file.name(), _ -> new LinkedHashSet<>()).add(pattern);
  }

  @Override
  public void close() {
    for (ZipFile archive : archives) {
      try {
        archive.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e); // they are only read
      }
    }
  }
}
