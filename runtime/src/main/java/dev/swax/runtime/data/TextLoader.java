package dev.swax.runtime.data;

import dev.swax.runtime.UserError;
import dev.swax.runtime.token.ByteTokenizer;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.token.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the files of a {@link TextSource}, checks that they are text, splits them, and makes tokens
 * of them.
 */
public final class TextLoader {
  private final Path base;
  private final long room;

  /** Relative patterns start at {@code base}. Text and tokens may take half of the Java heap. */
  public TextLoader(Path base) {
    this(base, Runtime.getRuntime().maxMemory() / 2);
  }

  TextLoader(Path base, long room) {
    this.base = base;
    this.room = room;
  }

  /** Training and validation text. */
  public Split load(TextSource source, Tokenizer tokenizer) {
    List<TextFile> all = files(source.files(), limit(tokenizer));
    HoldOut.Parts parts =
        source.validation().isEmpty()
            ? HoldOut.share(all, source.heldOut())
            : HoldOut.named(all, files(source.validation(), limit(tokenizer)));
    List<Notice> notices = new ArrayList<>(parts.notices());
    notices.addAll(records(parts));
    return new Split(
        Corpus.of(parts.training(), tokenizer), Corpus.of(parts.validation(), tokenizer), notices);
  }

  /** All text of the patterns; each file once, in the order of names; empty files left out. */
  public Corpus read(List<String> patterns, Tokenizer tokenizer) {
    return Corpus.of(files(patterns, limit(tokenizer)), tokenizer);
  }

  /** The same files, as text. */
  public List<TextFile> files(List<String> patterns) {
    return files(patterns, room);
  }

  /** Bytes of text that leave room for its tokens, at most one a byte; those of bytes need none. */
  private long limit(Tokenizer tokenizer) {
    return tokenizer.equals(ByteTokenizer.BYTES)
        ? room
        : room / (1 + Tokens.width(tokenizer.vocabulary()));
  }

  private List<TextFile> files(List<String> patterns, long limit) {
    var collector = new TextCollector(new FileFinder(base), limit);
    patterns.forEach(collector::add);
    List<TextFile> files = collector.files();
    if (files.isEmpty()) {
      String quoted = String.join(", ", patterns.stream().map(p -> "`" + p + "`").toList());
      throw new UserError(
          "the text is empty: every file of %s has 0 bytes".formatted(quoted), null);
    }
    return files;
  }

  /** A notice where files hold records that are not read as such. */
  private static List<Notice> records(HoldOut.Parts parts) {
    List<String> names =
        Stream.concat(parts.training().stream(), parts.validation().stream())
            .map(TextFile::name)
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
}
