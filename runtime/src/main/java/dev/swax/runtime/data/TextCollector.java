package dev.swax.runtime.data;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Gathers text from files and archives, each once, up to a limit of bytes. */
final class TextCollector {
  private final FileFinder finder;
  private final long limit;
  private final List<Document> documents = new ArrayList<>();
  private final Set<String> seen = new LinkedHashSet<>();
  private long bytes;

  TextCollector(FileFinder finder, long limit) {
    this.finder = finder;
    this.limit = limit;
  }

  /** What was gathered and is not empty, in the order of names. */
  List<Document> documents() {
    return documents.stream()
        .filter(document -> document.length() > 0)
        .sorted(Comparator.comparing(Document::name))
        .toList();
  }

  /** Every file of a pattern. */
  void addFiles(String pattern) {
    for (FileFinder.Found found : finder.find(pattern)) {
      if (seen.add(key(found.path()))) {
        try {
          requireRoom(found.name(), Files.size(found.path()));
          add(found.name(), Files.readAllBytes(found.path()));
        } catch (IOException e) {
          throw unreadable(found.written(), e);
        }
      }
    }
  }

  /** Every entry that matches {@code entries}, in every archive of a pattern. */
  void addEntries(String archives, String entries) {
    Glob glob = new Glob(entries);
    for (FileFinder.Found found : finder.find(archives)) {
      try (ZipFile archive = new ZipFile(found.path().toFile())) {
        if (addEntries(found, archive, glob) == 0) {
          throw new UserError(
              "none of the %d entries of `%s` matches `%s`"
                  .formatted(archive.size(), found.name(), entries),
              "`**/*.java` means every Java file at any depth");
        }
      } catch (ZipException e) {
        throw new UserError(
            "`%s` cannot be read as an archive: %s".formatted(found.written(), e.getMessage()),
            "before `!` stands a zip or jar file");
      } catch (IOException e) {
        throw unreadable(found.written(), e);
      }
    }
  }

  private int addEntries(FileFinder.Found found, ZipFile archive, Glob glob) throws IOException {
    int matched = 0;
    for (ZipEntry entry : archive.stream().toList()) {
      if (entry.isDirectory() || !glob.matches(entry.getName())) {
        continue;
      }
      matched++;
      if (seen.add(key(found.path()) + "!" + entry.getName())) {
        String name = found.name() + "!" + entry.getName();
        requireRoom(name, entry.getSize());
        try (InputStream in = archive.getInputStream(entry)) {
          add(name, in.readAllBytes());
        }
      }
    }
    return matched;
  }

  private void add(String name, byte[] text) {
    bytes += text.length;
    documents.add(TextReader.read(name, text));
  }

  /** Refuses before reading what would not fit. */
  private void requireRoom(String name, long size) {
    if (bytes + size > limit || size > Integer.MAX_VALUE - 8) {
      throw new UserError(
          "the text is too large: %,d bytes up to `%s`, but %,d fit into this Java heap"
              .formatted(bytes + size, name, limit),
          "name fewer or smaller files, or raise the heap with `JAVA_TOOL_OPTIONS=-Xmx8g`");
    }
  }

  private static UserError unreadable(String file, IOException e) {
    return new UserError("cannot read `%s`: %s".formatted(file, Reasons.of(e)), null);
  }

  private static String key(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }
}
