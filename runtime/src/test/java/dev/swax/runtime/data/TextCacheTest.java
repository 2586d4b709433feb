package dev.swax.runtime.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.cache.CacheFolder;
import dev.swax.runtime.data.format.FormatOptions;
import dev.swax.runtime.file.Disk;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.token.Tokenizer;
import dev.swax.runtime.token.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A corpus from a cache is the one in memory, and the cache is what its files make it. */
class TextCacheTest {
  private static final TextSource SHARE = new TextSource(List.of("text/*"), List.of(), 0.3);
  private static final TextSource NAMED =
      new TextSource(List.of("text/*"), List.of("text/7.txt"), 0);
  private static final TextSource ONLY = new TextSource(List.of("text/8.txt"), List.of(), 0.3);

  @TempDir Path folder;
  private final CacheTexts texts = new CacheTexts();

  private Path cache() {
    return folder.resolve("cache");
  }

  private Split cached(TextSource source, Tokenizer tokenizer, int threads) {
    return new TextLoader(folder, texts.caching(cache(), threads)).load(source, tokenizer);
  }

  private Split inMemory(TextSource source, Tokenizer tokenizer) {
    return new TextLoader(folder).load(source, tokenizer);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void isTheCorpusThatIsInMemory(int bits) throws IOException {
    CacheTexts.write(folder.resolve("text"));
    Tokenizer tokenizer = bits == 8 ? CacheTexts.FEW : CacheTexts.MANY;
    for (TextSource source : List.of(SHARE, NAMED, ONLY)) {
      Split expected = inMemory(source, tokenizer);
      Split found = cached(source, tokenizer, 2);
      same(found.training(), expected.training());
      same(found.validation(), expected.validation());
      assertThat(found.training()).isInstanceOf(CachedCorpus.class);
      assertThat(found.notices()).isEqualTo(expected.notices());
    }
    same(
        new TextLoader(folder, texts.caching(cache(), 2)).read(List.of("text/*"), tokenizer),
        new TextLoader(folder).read(List.of("text/*"), tokenizer));
  }

  private static void same(Corpus found, Corpus expected) {
    assertThat(names(found)).isEqualTo(names(expected));
    assertThat(found.tokens()).isEqualTo(expected.tokens());
    assertThat(found.longest()).isEqualTo(expected.longest());
    assertThat(found.lengths()).isEqualTo(expected.lengths());
    assertThat(found.hash()).isEqualTo(expected.hash());
    assertThat(found.unit()).isEqualTo(expected.unit());
    assertThat(found.inBytes().hash()).isEqualTo(expected.inBytes().hash());
    for (long tokens : new long[] {0, 1, 50, 333, 1 << 20}) {
      assertThat(found.sample(tokens).hash()).isEqualTo(expected.sample(tokens).hash());
    }
    assertThat(LongStream.range(0, found.tokens()).map(found::documentOf))
        .containsExactly(
            LongStream.range(0, found.tokens())
                .map(expected::documentOf)
                .boxed()
                .toArray(Long[]::new));
  }

  @Test
  void thousandsOfDocumentsHaveTheSameLengths() throws IOException {
    var lines = new StringBuilder();
    for (int i = 0; i < 9000; i++) {
      lines.append("{\"text\": \"%s\"}\n".formatted("a".repeat(1 + i * 7 % 11)));
    }
    Files.writeString(folder.resolve("many.jsonl"), lines);
    var source = new TextSource(List.of("many.jsonl"), List.of(), 0.05);
    assertThat(cached(source, CacheTexts.FEW, 2).training().lengths())
        .hasSizeGreaterThan(8192)
        .isEqualTo(inMemory(source, CacheTexts.FEW).training().lengths());
  }

  private static List<String> names(Corpus corpus) {
    return corpus.documents().stream().map(Document::name).toList();
  }

  @Test
  void trainingReadsTheSameSequences() throws IOException {
    CacheTexts.write(folder.resolve("text"));
    Split expected = inMemory(SHARE, CacheTexts.FEW);
    Split found = cached(SHARE, CacheTexts.FEW, 2);
    assertThat(sequences(found.training(), 0)).isEqualTo(sequences(expected.training(), 0));
    assertThat(sequences(found.training(), 17))
        .isEqualTo(sequences(found.training(), 0).subList(17, 60));
  }

  private static List<List<Integer>> sequences(Corpus corpus, int from) {
    var sequences = new TrainingSequences(corpus, 16, DocumentBorders.RESET, 3);
    sequences.seek(from);
    Batch batch = Batch.allocate(1, 16);
    List<List<Integer>> all = new ArrayList<>();
    for (int i = from; i < 60; i++) {
      sequences.next(batch);
      all.add(
          IntStream.concat(Arrays.stream(batch.tokens()), Arrays.stream(batch.targets()))
              .boxed()
              .toList());
    }
    return all;
  }

  @Test
  void isBuiltOnceWhateverTheThreads() throws IOException {
    CacheTexts.write(folder.resolve("text"));
    cached(SHARE, CacheTexts.FEW, 1);
    List<String> one = texts.files(cache());
    cached(SHARE, CacheTexts.FEW, 1);
    assertThat(texts.built()).isOne();
    for (int threads : new int[] {2, 5}) {
      Disk.deleteTree(cache());
      cached(SHARE, CacheTexts.FEW, threads);
      assertThat(texts.files(cache())).isEqualTo(one);
    }
  }

  /** Files with validation text behind many others, read by one thread and by several. */
  @Test
  void manyFilesAreReadAtATimeAndStandInTheirOrder() throws IOException {
    CacheTexts.write(folder.resolve("text"));
    for (int i = 0; i < 300; i++) {
      Path copy = folder.resolve("text/copy%03d.txt".formatted(i));
      Files.copy(folder.resolve("text/%d.txt".formatted(i % 10)), copy);
    }
    TextSource source = new TextSource(List.of("text/*"), List.of("text/7.txt", "text/9.txt"), 0);
    cached(source, CacheTexts.FEW, 1);
    List<String> one = texts.files(cache());
    for (int threads : new int[] {3, 8}) {
      Disk.deleteTree(cache());
      assertThat(cached(source, CacheTexts.FEW, threads).training().hash())
          .isEqualTo(inMemory(source, CacheTexts.FEW).training().hash());
      assertThat(texts.files(cache())).isEqualTo(one);
    }
  }

  @Test
  void ofSeveralFilesThatCannotBeReadTheFirstIsNamed() throws IOException {
    CacheTexts.write(folder.resolve("text"));
    Files.writeString(folder.resolve("text/4.txt"), "a\0b");
    Files.writeString(folder.resolve("text/6.txt"), "c\0d");
    for (int repeat = 0; repeat < 20; repeat++) {
      for (TextSource source : List.of(SHARE, NAMED)) {
        assertThatThrownBy(() -> cached(source, CacheTexts.FEW, 4))
            .isInstanceOf(UserError.class)
            .hasMessageContaining("`4.txt`");
      }
    }
    Files.writeString(folder.resolve("text/7.txt"), "e\0f");
    assertThatThrownBy(() -> cached(NAMED, CacheTexts.FEW, 4)).hasMessageContaining("`7.txt`");
  }

  @Test
  void whatChangedIsNamedAndMadeAgain() throws IOException {
    CacheTexts.write(folder.resolve("text"));
    cached(SHARE, CacheTexts.FEW, 2);
    Files.writeString(folder.resolve("text/new.txt"), "new text");
    Files.writeString(folder.resolve("text/3.txt"), "other text");
    Files.delete(folder.resolve("text/4.txt"));
    long before = inMemory(SHARE, CacheTexts.FEW).training().tokens();
    assertThat(cached(SHARE, CacheTexts.FEW, 2).training().tokens()).isEqualTo(before);
    assertThat(texts.messages())
        .contains("the files have changed since their tokens were made")
        .containsPattern("`3.txt` had [0-9,]+ bytes, has 10")
        .contains("`new.txt` has come")
        .contains("`4.txt` has gone");
    assertThat(texts.built()).isEqualTo(2);
  }

  @Test
  void aFileThatOnlyLooksNewIsKnown() throws IOException {
    CacheTexts.write(folder.resolve("text"));
    cached(SHARE, CacheTexts.FEW, 2);
    Files.setLastModifiedTime(folder.resolve("text/3.txt"), FileTime.fromMillis(1_000_000));
    cached(SHARE, CacheTexts.FEW, 2);
    cached(SHARE, CacheTexts.FEW, 2);
    assertThat(texts.built()).isOne();
    assertThat(texts.messages()).isEmpty();
  }

  @Test
  void aCacheThatIsCutOffIsMadeAgain() throws IOException {
    CacheTexts.write(folder.resolve("text"));
    String hash = cached(SHARE, CacheTexts.FEW, 2).training().hash();
    Path tokens = ready().resolve("training.tokens");
    Files.write(tokens, Arrays.copyOf(Files.readAllBytes(tokens), 100));
    assertThat(cached(SHARE, CacheTexts.FEW, 2).training().hash()).isEqualTo(hash);
    assertThat(texts.messages()).contains("training.tokens has 100 bytes, but");
    Files.writeString(ready().resolve("manifest.json"), "{}");
    assertThat(cached(SHARE, CacheTexts.FEW, 2).training().hash()).isEqualTo(hash);
    assertThat(texts.built()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"training.tokens", "training.documents"})
  void changedBytesAreNoticedWhereTheyAreRead(String file) throws IOException {
    CacheTexts.write(folder.resolve("text"));
    cached(SHARE, CacheTexts.FEW, 2);
    Path damaged = ready().resolve(file);
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[7] ^= 1;
    Files.write(damaged, bytes);
    Corpus corpus = cached(SHARE, CacheTexts.FEW, 2).training();
    assertThatThrownBy(() -> sequences(corpus, 0))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("the cache of tokens is damaged: bytes 0 to ")
        .hasMessageContaining(file + " are not those that were written");
  }

  @Test
  void partsFollowEachOtherBetweenTheBorders() {
    byte[] text = "some text of a document".getBytes(UTF_8);
    Tokens whole = new TextFile("f", text).document(CacheTexts.FEW).tokens();
    for (int[] ends : new int[][] {{5, 23}, {1, 10, 23}, {5, 23, 23}}) {
      Tokens parts = new TextFile("f", text, false, ends).document(CacheTexts.FEW).tokens();
      assertThat(parts.toBytes(1)).isEqualTo(whole.toBytes(1));
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void onlyItsOwnerMayReadIt() throws IOException {
    CacheTexts.write(folder.resolve("text"));
    cached(SHARE, CacheTexts.FEW, 2);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache())))
        .isEqualTo("rwx------");
  }

  private Path ready() throws IOException {
    return CacheFolder.all(cache()).getFirst().ready();
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    CacheTexts.write(folder.resolve("text"));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      threads.add(Thread.ofPlatform().start(() -> cached(SHARE, CacheTexts.FEW, 1)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(texts.built()).isOne();
    assertThat(cached(SHARE, CacheTexts.FEW, 1).training().hash())
        .isEqualTo(inMemory(SHARE, CacheTexts.FEW).training().hash());
  }

  @Test
  void whatTheTokenizerLacksLeavesNoCache() throws IOException {
    CacheTexts.write(folder.resolve("text"));
    Files.writeString(folder.resolve("text/5.txt"), "§");
    assertThatThrownBy(() -> cached(SHARE, CacheTexts.FEW, 2))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("`5.txt`: ");
    assertThat(Files.exists(ready())).isFalse();
  }

  @Test
  void theEndOfAFileIsFoundAsInMemory() throws IOException {
    var random = new SplittableRandom(4);
    for (int round = 0; round < 60; round++) {
      String text =
          random
              .ints(random.nextInt(3, 60), 0, 12)
              .mapToObj(i -> i < 1 ? "\n" : i < 4 ? "é" : "x")
              .collect(Collectors.joining());
      double share = random.nextDouble(0.05, 0.9);
      byte[] bytes = text.getBytes(UTF_8);
      List<TextFile> all = List.of(new TextFile("f", bytes));
      int expected;
      try {
        expected = HoldOut.share(all, share).training().getFirst().length();
      } catch (UserError _) {
        continue;
      }
      Files.write(folder.resolve("f"), bytes);
      try (var files = SourceFiles.find(folder, List.of("f"))) {
        FileEnd end = FileEnd.find(files.files().getFirst(), FormatOptions.DEFAULT, share);
        assertThat(end.border()).as("%s %s", text, share).isEqualTo(expected);
      }
    }
  }
}
