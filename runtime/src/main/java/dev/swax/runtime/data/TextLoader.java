package dev.swax.runtime.data;

import dev.swax.runtime.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
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

/** Reads the files of a {@link TextSource}, checks that they are text, and splits them. */
public final class TextLoader {
  private final FileFinder finder;

  /** Relative patterns start at {@code base}. */
  public TextLoader(Path base) {
    this.finder = new FileFinder(base);
  }

  /** Training and validation text. */
  public Split load(TextSource source) {
    Corpus all = read(source.files());
    if (!source.validation().isEmpty()) {
      return new Split(all, read(source.validation()));
    }
    List<Document> training = new ArrayList<>();
    List<Document> validation = new ArrayList<>();
    for (Document document : all.documents()) {
      (document.share() < source.heldOut() ? validation : training).add(document);
    }
    String share = Math.round(source.heldOut() * 1000) / 10.0 + " %";
    if (validation.isEmpty()) {
      throw new UserError(
          "no file is left for validation: %s of %d files are held out"
              .formatted(share, all.documents().size()),
          "name validation files of their own, or raise the share that is held out");
    }
    if (training.isEmpty()) {
      throw new UserError(
          "no file is left for training: %s of %d files are held out"
              .formatted(share, all.documents().size()),
          "lower the share that is held out, or name validation files of their own");
    }
    return new Split(new Corpus(training), new Corpus(validation));
  }

  /** All text of the patterns; each file once, in the order of names; empty files left out. */
  public Corpus read(List<String> patterns) {
    List<Document> documents = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (String pattern : patterns) {
      int mark = pattern.indexOf('!');
      if (mark < 0) {
        addFiles(pattern, seen, documents);
      } else {
        addEntries(pattern.substring(0, mark), pattern.substring(mark + 1), seen, documents);
      }
    }
    documents.removeIf(document -> document.length() == 0);
    if (documents.isEmpty()) {
      throw new UserError(
          "the text is empty: every file of %s has 0 bytes".formatted(quoted(patterns)), null);
    }
    documents.sort(Comparator.comparing(Document::name));
    return new Corpus(documents);
  }

  private void addFiles(String pattern, Set<String> seen, List<Document> documents) {
    for (FileFinder.Found found : finder.find(pattern)) {
      if (seen.add(key(found.path()))) {
        try {
          documents.add(TextReader.read(found.name(), Files.readAllBytes(found.path())));
        } catch (IOException e) {
          throw unreadable(found.path(), e);
        }
      }
    }
  }

  private void addEntries(
      String archives, String entries, Set<String> seen, List<Document> documents) {
    Glob glob = new Glob(entries);
    for (FileFinder.Found found : finder.find(archives)) {
      try (ZipFile archive = new ZipFile(found.path().toFile())) {
        int matched = 0;
        for (ZipEntry entry : archive.stream().toList()) {
          if (entry.isDirectory() || !glob.matches(entry.getName())) {
            continue;
          }
          matched++;
          if (seen.add(key(found.path()) + "!" + entry.getName())) {
            documents.add(
                TextReader.read(found.name() + "!" + entry.getName(), readEntry(archive, entry)));
          }
        }
        if (matched == 0) {
          throw new UserError(
              "none of the %d entries of `%s` matches `%s`"
                  .formatted(archive.size(), found.name(), entries),
              "`**/*.java` means every Java file at any depth");
        }
      } catch (ZipException e) {
        throw new UserError(
            "`%s` cannot be read as an archive: %s".formatted(found.path(), e.getMessage()),
            "before `!` stands a zip or jar file");
      } catch (IOException e) {
        throw unreadable(found.path(), e);
      }
    }
  }

  private static byte[] readEntry(ZipFile archive, ZipEntry entry) throws IOException {
    try (InputStream in = archive.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static UserError unreadable(Path path, IOException e) {
    String reason =
        e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    return new UserError("cannot read `%s`: %s".formatted(path, reason), null);
  }

  private static String key(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }

  private static String quoted(List<String> patterns) {
    return String.join(", ", patterns.stream().map(p -> "`" + p + "`").toList());
  }
}
