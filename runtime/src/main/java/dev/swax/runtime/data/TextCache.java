package dev.swax.runtime.data;

import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import dev.swax.runtime.data.cache.CacheFolder;
import dev.swax.runtime.data.cache.CacheLock;
import dev.swax.runtime.data.cache.DamagedCacheException;
import dev.swax.runtime.data.cache.PartFiles;
import dev.swax.runtime.data.cache.PartState;
import dev.swax.runtime.data.format.SourceFile;
import dev.swax.runtime.data.format.TextFormats;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.token.Tokens;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Text whose tokens lie in a cache, which is built where that is due. */
final class TextCache {
  /** Of another number, no cache can be read. */
  private static final int VERSION = 1;

  private static final int NAMED = 3;

  private final Path base;
  private final TextSource text;
  private final Tokenizer tokenizer;
  private final boolean divided;
  private final Caching caching;
  private final String question;
  private final CacheFolder folder;

  /** {@code divided}: whether a part of the text is held out. */
  TextCache(Path base, TextSource text, Tokenizer tokenizer, boolean divided, Caching caching) {
    this.base = base;
    this.text = divided ? text : new TextSource(text.files(), List.of(), 0, text.format());
    this.tokenizer = tokenizer;
    this.divided = divided;
    this.caching = caching;
    this.question = question();
    this.folder = CacheFolder.of(caching.root(), question);
  }

  /** All that decides the tokens, but for the files' contents. */
  private String question() {
    return String.join(
        "\n",
        "swax cache " + VERSION,
        "folder " + base.toAbsolutePath().normalize(),
        "files " + text.files(),
        "validation " + text.validation(),
        "held out " + text.heldOut(),
        "divided " + divided,
        "format " + text.format(),
        "tokenizer " + tokenizer.describe());
  }

  CacheFolder folder() {
    return folder;
  }

  /** Whether there is a cache of these files as they are; nothing is built or written. */
  Optional<Split> find(SourceFiles training, SourceFiles validation) {
    List<SourceStamp> stamps = files(training, validation).stream().map(SourceStamp::of).toList();
    try {
      Optional<CacheManifest> ready =
          ready().filter(found -> SourceStamp.lookAlike(found.sources(), stamps));
      return ready.isEmpty() ? Optional.empty() : Optional.of(open(ready.get()));
    } catch (DamagedCacheException | NoSuchFileException _) {
      return Optional.empty(); // another process may be just replacing it
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Training and validation text; built first, by this process or another, where it is due. */
  Split load(SourceFiles training, SourceFiles validation) {
    List<SourceFile> files = files(training, validation);
    List<SourceStamp> stamps = files.stream().map(SourceStamp::of).toList();
    try (CacheLock _ = CacheLock.take(folder, this::tellWaiting)) {
      Optional<CacheManifest> ready = ready().flatMap(found -> same(found, files, stamps));
      if (ready.isPresent()) {
        try {
          return open(ready.get());
        } catch (DamagedCacheException e) {
          caching.listener().message(e.getMessage() + "; it is built again");
        }
      }
      CacheManifest begin = CacheManifest.begin(question, stamps, end(files));
      int named = validation.files().size();
      return open(new CacheBuild(folder, begin, files, named, text, tokenizer, caching).run());
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static List<SourceFile> files(SourceFiles training, SourceFiles validation) {
    return Stream.concat(validation.files().stream(), training.files().stream()).toList();
  }

  private void tellWaiting(String holder) {
    caching
        .listener()
        .message("waiting for %s, which builds the cache of the same text".formatted(holder));
  }

  private UserError unusable(IOException e) {
    return new UserError(
        "cannot use the cache of tokens %s: %s".formatted(folder.path(), Reasons.of(e)),
        "name a folder that you may write to with `%s`".formatted(Caching.VARIABLE));
  }

  private Optional<CacheManifest> ready() throws IOException {
    return CacheManifest.read(folder.ready()).filter(found -> found.question().equals(question));
  }

  /** The manifest, where the files are what they were; it takes on what they look like now. */
  private Optional<CacheManifest> same(
      CacheManifest found, List<SourceFile> files, List<SourceStamp> now) {
    if (SourceStamp.lookAlike(found.sources(), now)) {
      return Optional.of(found);
    }
    List<SourceStamp> before = found.sources();
    List<SourceStamp> hashed = new ArrayList<>();
    for (int i = 0; i < now.size() && before.size() == now.size(); i++) {
      String hash = before.get(i).hash();
      if (!before.get(i).looksLike(now.get(i))
          && !(before.get(i).mayBe(now.get(i)) && hash.equals(SourceStamp.hash(files.get(i))))) {
        break;
      }
      hashed.add(now.get(i).withHash(hash));
    }
    if (hashed.size() < now.size() || before.size() != now.size()) {
      tellChanges(found.changes(now));
      return Optional.empty();
    }
    CacheManifest stamped = found.withSources(hashed);
    try {
      stamped.write(folder.ready());
    } catch (IOException e) {
      throw unusable(e);
    }
    return Optional.of(stamped);
  }

  private void tellChanges(List<String> changes) {
    int more = changes.size() - NAMED;
    caching
        .listener()
        .message(
            "the files have changed since their tokens were made, so these are made again: "
                + String.join("; ", changes.subList(0, Math.min(NAMED, changes.size())))
                + (more > 0 ? "; and %d more".formatted(more) : ""));
  }

  /** Where the end of the only file begins, if that is what is held out. */
  private @Nullable FileEnd end(List<SourceFile> files) {
    List<SourceFile> filled = files.stream().filter(file -> file.bytes() > 0).toList();
    if (!divided
        || !text.validation().isEmpty()
        || filled.size() != 1
        || text.heldOut() <= 0
        || text.heldOut() >= 1
        || TextFormats.holdsRecords(filled.getFirst().name(), text.format())) {
      return null;
    }
    return FileEnd.find(filled.getFirst(), text.format(), text.heldOut());
  }

  private Split open(CacheManifest manifest) throws IOException {
    List<Notice> notices = manifest.notices(text, divided);
    return new Split(
        corpus(CacheBuild.TRAINING, manifest, manifest.training(), manifest.trainingHash()),
        corpus(CacheBuild.VALIDATION, manifest, manifest.validation(), manifest.validationHash()),
        notices);
  }

  private CachedCorpus corpus(String part, CacheManifest manifest, PartState state, String hash)
      throws IOException {
    List<String> names = manifest.sources().stream().map(SourceStamp::name).toList();
    return new CachedCorpus(
        PartFiles.open(folder.ready(), part, Tokens.width(tokenizer.vocabulary()), state),
        tokenizer,
        names,
        hash);
  }
}
