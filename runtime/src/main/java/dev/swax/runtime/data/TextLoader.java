package dev.swax.runtime.data;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.data.format.FormatOptions;
import dev.swax.runtime.data.format.SourceFile;
import dev.swax.runtime.data.format.TextFormats;
import dev.swax.runtime.token.ByteTokenizer;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.token.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of a {@link TextSource}, checks that they are text, splits them, and makes tokens
 * of them.
 */
public final class TextLoader {
  private final Path base;
  private final long room;
  private final @Nullable Caching caching;

  /** Relative patterns start at {@code base}. Text and tokens may take half of the Java heap. */
  public TextLoader(Path base) {
    this(base, room(), null);
  }

  /** The same; the tokens of large text are kept in files. */
  public TextLoader(Path base, Caching caching) {
    this(base, room(), caching);
  }

  TextLoader(Path base, long room, @Nullable Caching caching) {
    this.base = base;
    this.room = room;
    this.caching = caching;
  }

  private static long room() {
    return Runtime.getRuntime().maxMemory() / 2;
  }

  /** Training and validation text. */
  public Split load(TextSource source, Tokenizer tokenizer) {
    return load(source, tokenizer, true);
  }

  /**
   * What can be said of text soon.
   *
   * @param split all of it, where it is small or was read before
   * @param remark otherwise what was looked at, in words
   */
  public record Look(Optional<Split> split, String remark) {}

  /** The cache of a text, if there is one, complete or not. */
  public Optional<Caches.Entry> findCache(TextSource source, Tokenizer tokenizer) {
    if (caching == null) {
      return Optional.empty();
    }
    try {
      return Caches.entry(cache(source, tokenizer, true, caching).folder());
    } catch (IOException e) {
      throw new UserError("cannot look at %s: %s".formatted(caching.root(), Reasons.of(e)), null);
    }
  }

  /** What the files of a source look like now; an archive is one file, and is not opened. */
  public FolderStamp stamp(TextSource source) {
    return FolderStamp.of(
        base, Stream.concat(source.files().stream(), source.validation().stream()).toList());
  }

  /** Looks for what is wrong with text, at all of it where that is quick. */
  public Look look(TextSource source, Tokenizer tokenizer) {
    return look(source, tokenizer, Long.MAX_VALUE);
  }

  /** The same; where the files have more than {@code most} bytes, only at their beginnings. */
  public Look look(TextSource source, Tokenizer tokenizer, long most) {
    try (Found found = find(source)) {
      if (caching == null
          || (found.bytes() <= most && !isLarge(found, source.format(), tokenizer, caching))) {
        return new Look(Optional.of(load(source, found, tokenizer, true)), "");
      }
      Optional<Split> known =
          cache(source, tokenizer, true, caching).find(found.training(), found.validation());
      return known.isPresent()
          ? new Look(known, "")
          : new Look(
              known, new TextGlance(source.format(), tokenizer).look(found.training().files()));
    }
  }

  private Split load(TextSource source, Tokenizer tokenizer, boolean divided) {
    try (Found found = find(source)) {
      return load(source, found, tokenizer, divided);
    }
  }

  /** Reads into memory what fits there and is quick to read; the rest comes from a cache. */
  private Split load(TextSource source, Found found, Tokenizer tokenizer, boolean divided) {
    if (caching == null) {
      return read(source, found, tokenizer, divided);
    }
    if (!isLarge(found, source.format(), tokenizer, caching)) {
      try {
        return read(source, found, tokenizer, divided);
      } catch (TextCollector.TooLargeException e) {
        // text is larger than its files say: the cache takes it
      }
    }
    return cache(source, tokenizer, divided, caching).load(found.training(), found.validation());
  }

  private Split read(TextSource source, Found found, Tokenizer tokenizer, boolean divided) {
    return divided ? inMemory(source, found, tokenizer) : whole(source, found, tokenizer);
  }

  /** The files of a source, found once. */
  private record Found(SourceFiles training, SourceFiles validation) implements AutoCloseable {
    Stream<SourceFile> files() {
      return Stream.of(training, validation).flatMap(part -> part.files().stream());
    }

    long bytes() {
      return files().mapToLong(SourceFile::bytes).sum();
    }

    @Override
    public void close() {
      try (training;
          validation) {}
    }
  }

  private Found find(TextSource source) {
    SourceFiles training = SourceFiles.find(base, source.files());
    try {
      var found = new Found(training, SourceFiles.find(base, source.validation()));
      requireFields(source.format(), found);
      return found;
    } catch (RuntimeException e) {
      training.close();
      throw e;
    }
  }

  /** Refuses a field where no file has fields. */
  private static void requireFields(FormatOptions options, Found found) {
    boolean said = !options.field().equals(FormatOptions.DEFAULT.field());
    if (said && found.files().noneMatch(file -> TextFormats.holdsRecords(file.name(), options))) {
      throw new UserError(
          "`field` is `%s`, but the files have no fields: each is one document, as `%s`"
              .formatted(options.field(), found.training().files().getFirst().name()),
          "leave out `field`, or say what the files are, as in `format = jsonl`");
    }
  }

  private TextCache cache(
      TextSource source, Tokenizer tokenizer, boolean divided, Caching caching) {
    return new TextCache(base, source, tokenizer, divided, caching);
  }

  private boolean isLarge(
      Found found, FormatOptions options, Tokenizer tokenizer, Caching caching) {
    List<SourceFile> files = found.files().toList();
    boolean quick =
        tokenizer.equals(ByteTokenizer.BYTES)
            && files.stream().allMatch(file -> TextFormats.isPlain(file.name(), options));
    return found.bytes() > (quick ? limit(tokenizer) : Math.min(caching.least(), limit(tokenizer)));
  }

  private Split whole(TextSource source, Found found, Tokenizer tokenizer) {
    TextCollector texts = collect(found.training(), source.files(), source.format(), tokenizer);
    return new Split(
        Corpus.of(texts.texts(), tokenizer), Corpus.of(List.of(), tokenizer), List.of());
  }

  private Split inMemory(TextSource source, Found found, Tokenizer tokenizer) {
    var training = collect(found.training(), source.files(), source.format(), tokenizer);
    var notices = new ArrayList<Notice>();
    HoldOut.Parts parts;
    if (source.validation().isEmpty()) {
      parts = HoldOut.share(training.texts(), source.heldOut());
      skipped(training).ifPresent(notices::add);
    } else {
      var validation = collect(found.validation(), source.validation(), source.format(), tokenizer);
      parts = HoldOut.named(training.texts(), validation.texts());
      skipped(training).ifPresent(notices::add);
      skipped(validation).ifPresent(notices::add);
    }
    notices.addAll(0, parts.notices());
    return new Split(
        Corpus.of(parts.training(), tokenizer), Corpus.of(parts.validation(), tokenizer), notices);
  }

  /** All text of the patterns; each file once, in the order of names; empty files left out. */
  public Corpus read(List<String> patterns, Tokenizer tokenizer) {
    return read(patterns, FormatOptions.DEFAULT, tokenizer);
  }

  /** The same of files that are read in some way. */
  public Corpus read(List<String> patterns, FormatOptions format, Tokenizer tokenizer) {
    return load(new TextSource(patterns, List.of(), 0, format), tokenizer, false).training();
  }

  /** Refuses patterns without a file. */
  public void requireThere(List<String> patterns) {
    SourceFiles.find(base, patterns).close();
  }

  /** The same files, as text. */
  public List<TextFile> files(List<String> patterns) {
    try (var files = SourceFiles.find(base, patterns)) {
      return collect(files, patterns, FormatOptions.DEFAULT, ByteTokenizer.BYTES).texts();
    }
  }

  /** Bytes of text that leave room for its tokens, at most one a byte; those of bytes need none. */
  private long limit(Tokenizer tokenizer) {
    return tokenizer.equals(ByteTokenizer.BYTES)
        ? room
        : room / (1 + Tokens.width(tokenizer.vocabulary()));
  }

  private TextCollector collect(
      SourceFiles files, List<String> patterns, FormatOptions options, Tokenizer tokenizer) {
    var collector = TextCollector.collect(files.files(), options, limit(tokenizer));
    if (collector.texts().isEmpty()) {
      String quoted = String.join(", ", patterns.stream().map(p -> "`" + p + "`").toList());
      throw new UserError(
          collector.skipped().records() == 0
              ? "the text is empty: every file of %s has 0 bytes".formatted(quoted)
              : "no text is left of %s: %s".formatted(quoted, collector.skipped().text()),
          null);
    }
    return collector;
  }

  private static Optional<Notice> skipped(TextCollector collector) {
    return collector.skipped().records() == 0
        ? Optional.empty()
        : Optional.of(new Notice(collector.skipped().text(), true));
  }
}
