package dev.swax.runtime.data;

import dev.swax.runtime.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
    Split split =
        source.validation().isEmpty()
            ? HoldOut.share(all, source.heldOut())
            : HoldOut.named(all, read(source.validation()));
    List<Notice> notices = new ArrayList<>(split.notices());
    notices.addAll(records(split));
    return new Split(split.training(), split.validation(), notices);
  }

  /** A notice where files hold records that are not read as such. */
  private static List<Notice> records(Split split) {
    List<String> names =
        Stream.concat(
                split.training().documents().stream(), split.validation().documents().stream())
            .map(Document::name)
            .filter(name -> name.endsWith(".jsonl"))
            .distinct()
            .toList();
    return switch (names.size()) {
      case 0 -> List.of();
      case 1 -> List.of(asText("`%s` holds JSON records, and is".formatted(names.getFirst())));
      default ->
          List.of(
              asText(
                  "`%s` and %d more files hold JSON records, and are"
                      .formatted(names.getFirst(), names.size() - 1)));
    };
  }

  private static Notice asText(String subject) {
    return new Notice(subject + " read as plain text, with braces and field names", true);
  }

  /** All text of the patterns; each file once, in the order of names; empty files left out. */
  public Corpus read(List<String> patterns) {
    var collector = new TextCollector(new FileFinder(base), limit);
    patterns.forEach(collector::add);
    List<Document> documents = collector.documents();
    if (documents.isEmpty()) {
      String quoted = String.join(", ", patterns.stream().map(p -> "`" + p + "`").toList());
      throw new UserError(
          "the text is empty: every file of %s has 0 bytes".formatted(quoted), null);
    }
    return new Corpus(documents);
  }
}
