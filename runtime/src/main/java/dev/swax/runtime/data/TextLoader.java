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

  /** Looks for what is wrong with text, at all of it where that is quick. */
  public Look look(TextSource source, Tokenizer tokenizer) {
    if (caching != null) {
      try (var training = SourceFiles.find(base, source.files());
          var validation = SourceFiles.find(base, source.validation())) {
        requireFields(source.format(), training, validation);
        if (isLarge(training, validation, source.format(), tokenizer, caching)) {
          Optional<Split> known =
              cache(source, tokenizer, true, caching).find(training, validation);
          return known.isPresent()
              ? new Look(known, "")
              : new Look(known, new TextGlance(source.format(), tokenizer).look(training.files()));
        }
      }
    }
    return new Look(Optional.of(load(source, tokenizer)), "");
  }

  /** Reads into memory what fits there and is quick to read; the rest comes from a cache. */
  private Split load(TextSource source, Tokenizer tokenizer, boolean divided) {
    try (var training = SourceFiles.find(base, source.files());
        var validation = SourceFiles.find(base, source.validation())) {
      requireFields(source.format(), training, validation);
      if (caching != null && isLarge(training, validation, source.format(), tokenizer, caching)) {
        return cache(source, tokenizer, divided, caching).load(training, validation);
      }
    }
    try {
      return divided ? inMemory(source, tokenizer) : whole(source, tokenizer);
    } catch (TextCollector.TooLargeException e) {
      if (caching == null) {
        throw e;
      }
    }
    try (var training = SourceFiles.find(base, source.files());
        var validation = SourceFiles.find(base, source.validation())) {
      return cache(source, tokenizer, divided, caching).load(training, validation);
    }
  }

  /** Refuses a field where no file has fields. */
  private static void requireFields(
      FormatOptions options, SourceFiles training, SourceFiles validation) {
    boolean said = !options.field().equals(FormatOptions.DEFAULT.field());
    if (said
        && Stream.of(training, validation)
            .flatMap(part -> part.files().stream())
            .noneMatch(file -> TextFormats.holdsRecords(file.name(), options))) {
      throw new UserError(
          "`field` is `%s`, but the files have no fields: each is one document, as `%s`"
              .formatted(options.field(), training.files().getFirst().name()),
          "leave out `field`, or say what the files are, as in `format = jsonl`");
    }
  }

  private TextCache cache(
      TextSource source, Tokenizer tokenizer, boolean divided, Caching caching) {
    return new TextCache(base, source, tokenizer, divided, caching);
  }

  private boolean isLarge(
      SourceFiles training,
      SourceFiles validation,
      FormatOptions options,
      Tokenizer tokenizer,
      Caching caching) {
    List<SourceFile> files =
        Stream.concat(training.files().stream(), validation.files().stream()).toList();
    long bytes = files.stream().mapToLong(SourceFile::bytes).sum();
    boolean quick =
        tokenizer.equals(ByteTokenizer.BYTES)
            && files.stream().allMatch(file -> TextFormats.isPlain(file.name(), options));
    return bytes > (quick ? limit(tokenizer) : Math.min(caching.least(), limit(tokenizer)));
  }

  private Split whole(TextSource source, Tokenizer tokenizer) {
    TextCollector texts = collect(source.files(), source.format(), limit(tokenizer));
    return new Split(
        Corpus.of(texts.texts(), tokenizer), Corpus.of(List.of(), tokenizer), List.of());
  }

  private Split inMemory(TextSource source, Tokenizer tokenizer) {
    var training = collect(source.files(), source.format(), limit(tokenizer));
    var notices = new ArrayList<Notice>();
    HoldOut.Parts parts;
    if (source.validation().isEmpty()) {
      parts = HoldOut.share(training.texts(), source.heldOut());
      skipped(training).ifPresent(notices::add);
    } else {
      var validation = collect(source.validation(), source.format(), limit(tokenizer));
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
    return collect(patterns, FormatOptions.DEFAULT, room).texts();
  }

  /** Bytes of text that leave room for its tokens, at most one a byte; those of bytes need none. */
  private long limit(Tokenizer tokenizer) {
    return tokenizer.equals(ByteTokenizer.BYTES)
        ? room
        : room / (1 + Tokens.width(tokenizer.vocabulary()));
  }

  private TextCollector collect(List<String> patterns, FormatOptions options, long limit) {
    var collector = new TextCollector(options, limit);
    try (var files = SourceFiles.find(base, patterns)) {
      files.files().forEach(collector::add);
    }
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
