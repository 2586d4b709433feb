package dev.swax.runtime.data;

import dev.swax.runtime.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the files of a {@link TextSource}, checks that they are text, and splits them. */
public final class TextLoader {
  private final Path base;
  private final long limit;

  /** Relative patterns start at {@code base}. Text may take half of the Java heap. */
  public TextLoader(Path base) {
    this(base, Runtime.getRuntime().maxMemory() / 2);
  }

  TextLoader(Path base, long limit) {
    this.base = base;
    this.limit = limit;
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
          all.documents().size() == 1
              ? "a file stays whole: name another one, `validation = [\"other.txt\"]`"
              : "name validation files of their own, or raise the share that is held out");
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
    var collector = new TextCollector(new FileFinder(base), limit);
    for (String pattern : patterns) {
      int mark = pattern.indexOf('!');
      if (mark < 0) {
        collector.addFiles(pattern);
      } else {
        collector.addEntries(pattern.substring(0, mark), pattern.substring(mark + 1));
      }
    }
    List<Document> documents = collector.documents();
    if (documents.isEmpty()) {
      String quoted = String.join(", ", patterns.stream().map(p -> "`" + p + "`").toList());
      throw new UserError(
          "the text is empty: every file of %s has 0 bytes".formatted(quoted), null);
    }
    return new Corpus(documents);
  }
}
