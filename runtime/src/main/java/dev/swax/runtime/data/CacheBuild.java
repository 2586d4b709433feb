package dev.swax.runtime.data;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.data.cache.CacheFolder;
import dev.swax.runtime.data.cache.PartFiles;
import dev.swax.runtime.data.cache.PartState;
import dev.swax.runtime.data.cache.PartWriter;
import dev.swax.runtime.data.format.Skipped;
import dev.swax.runtime.data.format.SourceFile;
import dev.swax.runtime.file.Disk;
import dev.swax.runtime.file.NewFile;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.token.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Builds a cache, or goes on with one that was begun. What is written becomes a part of it when it
 * is forced to the disk and the manifest says so, which happens again and again; what was written
 * after that is given up by whoever goes on. So the files have the same bytes however often the
 * building was interrupted, and with any number of threads.
 */
final class CacheBuild {
  static final String TRAINING = "training";
  static final String VALIDATION = "validation";

  /** Bytes that are not read in a moment. */
  private static final long LARGE = 1L << 30;

  private static final long COMMIT_NANOSECONDS = TimeUnit.SECONDS.toNanos(10);

  private final CacheFolder folder;
  private final List<SourceFile> files;
  private final int validationFiles;
  private final TextSource text;
  private final Tokenizer tokenizer;
  private final Caching caching;
  private final int width;
  private final long[] before;

  private List<SourceStamp> stamps = new ArrayList<>();
  private int source;
  private long record;
  private Skipped skipped = Skipped.NONE;
  private List<String> excluded = new ArrayList<>();
  private long excludedCount;
  private CacheManifest state;
  private long uncommitted;
  private long committed = System.nanoTime();

  /**
   * For a cache that has nothing yet.
   *
   * @param files of which the first {@code validationFiles} are validation text
   */
  CacheBuild(
      CacheFolder folder,
      CacheManifest begin,
      List<SourceFile> files,
      int validationFiles,
      TextSource text,
      Tokenizer tokenizer,
      Caching caching) {
    this.folder = folder;
    this.state = begin;
    this.files = files;
    this.validationFiles = validationFiles;
    this.text = text;
    this.tokenizer = tokenizer;
    this.caching = caching;
    this.width = Tokens.width(tokenizer.vocabulary());
    this.before = new long[files.size() + 1];
    for (int i = 0; i < files.size(); i++) {
      before[i + 1] = before[i] + files.get(i).bytes();
    }
  }

  /** Builds it. */
  CacheManifest run() {
    try {
      Path building = folder.building();
      Optional<CacheManifest> begun = begun();
      if (begun.isEmpty()) {
        Disk.deleteTree(building);
      } else {
        state = begun.get();
        caching.listener().message(continues());
      }
      Files.createDirectories(building);
      removeLeftovers(building);
      resume();
      write(building);
      return finish(building);
    } catch (IOException e) {
      giveBack();
      throw new UserError(
          "cannot write the cache of tokens in %s: %s".formatted(folder.path(), Reasons.of(e)),
          String.format(
              Locale.ROOT,
              "make room there, or name another folder with `%s`; what is complete, %,d tokens, is kept, and the next use goes on behind it",
              Caching.VARIABLE,
              tokens()));
    } finally {
      caching.listener().finished();
    }
  }

  /** Frees what is not complete; where this fails too, who goes on does it. */
  private void giveBack() {
    Path building = folder.building();
    try (var _ = new PartWriter(building, TRAINING, width, state.training());
        var _ = new PartWriter(building, VALIDATION, width, state.validation())) {
      removeLeftovers(building);
    } catch (IOException _) {
      return;
    }
  }

  /** Nobody else writes here. */
  private static void removeLeftovers(Path building) throws IOException {
    for (Path file : Disk.entries(building)) {
      if (NewFile.isLeftover(file)) {
        Files.delete(file);
      }
    }
  }

  private long tokens() {
    return state.training().tokens() + state.validation().tokens();
  }

  private String continues() {
    return String.format(
        Locale.ROOT, "goes on behind %,d tokens, which were made before", tokens());
  }

  /** How far another process has come with the same files. */
  private Optional<CacheManifest> begun() throws IOException {
    return CacheManifest.read(folder.building())
        .filter(found -> found.question().equals(state.question()))
        .filter(found -> SourceStamp.lookAlike(found.sources(), state.sources()));
  }

  private void resume() {
    stamps = new ArrayList<>(state.sources());
    source = state.source();
    record = state.record();
    skipped = state.skipped();
    excluded = new ArrayList<>(state.excluded());
    excludedCount = state.excludedCount();
  }

  private void write(Path building) throws IOException {
    FileEnd end = state.end();
    var sorter =
        new TextSorter(
            text.heldOut(), validationFiles, text.format(), end == null ? -1 : end.border());
    try (var training = new PartWriter(building, TRAINING, width, state.training());
        var validation = new PartWriter(building, VALIDATION, width, state.validation());
        var stream =
            new TokenStream(
                files, text.format(), tokenizer, sorter, caching.threads(), source, record)) {
      while (source < files.size()) {
        switch (stream.next()) {
          case TokenStream.Texts texts -> {
            write(texts, training, validation);
            tell(texts.taken(), training, validation);
          }
          case TokenStream.End(int number, Skipped more, String hash) ->
              endFile(number, more, hash);
        }
        if (uncommitted >= caching.commit()
            || System.nanoTime() - committed >= COMMIT_NANOSECONDS
            || source == files.size()) {
          commit(building, training, validation);
        }
      }
      training.finish();
      validation.finish();
    }
  }

  private void write(TokenStream.Texts texts, PartWriter training, PartWriter validation)
      throws IOException {
    for (int i = 0; i < texts.pieces().size(); i++) {
      Piece piece = texts.pieces().get(i);
      if (piece.part() == Piece.Part.NONE) {
        exclude(piece);
      } else {
        PartWriter part = piece.part() == Piece.Part.TRAINING ? training : validation;
        part.append(texts.tokens().get(i), piece.length());
        uncommitted += texts.tokens().get(i).length;
        if (piece.end()) {
          part.end(piece.of().source(), piece.of().number());
        }
      }
      record = piece.of().record() + 1;
    }
  }

  private void exclude(Piece piece) {
    if (piece.end()) {
      excludedCount++;
      if (excluded.size() < HoldOut.NAMED) {
        excluded.add(piece.of().name());
      }
    }
  }

  private void endFile(int number, Skipped more, String hash) {
    SourceStamp before = stamps.get(number);
    SourceStamp now = SourceStamp.of(files.get(number));
    if (!before.looksLike(now)) {
      throw new UserError(
          "`%s` was changed while its tokens were made: it %s"
              .formatted(before.name(), before.difference(now)),
          "wait until it is complete");
    }
    stamps.set(number, before.withHash(hash));
    skipped = skipped.and(more);
    source = number + 1;
    record = 0;
  }

  private void commit(Path building, PartWriter training, PartWriter validation)
      throws IOException {
    training.force();
    validation.force();
    state = manifest(training.state(), validation.state());
    state.write(building);
    uncommitted = 0;
    committed = System.nanoTime();
  }

  private CacheManifest manifest(PartState training, PartState validation) {
    return new CacheManifest(
        state.question(),
        stamps,
        source,
        record,
        training,
        validation,
        "",
        "",
        skipped,
        excluded,
        excludedCount,
        state.end());
  }

  private void tell(long taken, PartWriter training, PartWriter validation) {
    caching
        .listener()
        .progress(
            before[source] + Math.min(taken, files.get(source).bytes()),
            before[files.size()],
            training.state().tokens() + validation.state().tokens());
  }

  /** Reads what was written once, for its hashes. */
  private CacheManifest finish(Path building) throws IOException {
    if (tokens() * width >= LARGE) {
      caching.listener().message("hashing the tokens ...");
    }
    CacheManifest complete =
        state.withHashes(
            open(building, TRAINING, state.training()).computeHash(),
            open(building, VALIDATION, state.validation()).computeHash());
    complete.write(building);
    folder.publish();
    return complete;
  }

  private CachedCorpus open(Path building, String part, PartState written) throws IOException {
    List<String> names = stamps.stream().map(SourceStamp::name).toList();
    return new CachedCorpus(PartFiles.open(building, part, width, written), tokenizer, names, "");
  }
}
