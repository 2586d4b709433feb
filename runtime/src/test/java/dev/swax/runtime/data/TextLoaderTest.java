package dev.swax.runtime.data;

import static dev.swax.runtime.token.ByteTokenizer.BYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.swax.runtime.UserError;
import dev.swax.runtime.data.format.FormatOptions;
import dev.swax.runtime.data.format.Malformed;
import dev.swax.runtime.testing.Texts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TextLoaderTest {
  @TempDir Path folder;
  private TextLoader loader;

  @BeforeEach
  void makeLoader() {
    loader = new TextLoader(folder);
  }

  @Test
  void aPlainFileIsNamedByItself() throws IOException {
    write("sub/a.txt", "hello");
    assertThat(names("sub/a.txt")).containsExactly("a.txt");
  }

  @Test
  void namesAreRelativeToTheFixedPartOfTheGlob() throws IOException {
    write("sub/b.txt", "x");
    write("sub/deep/a.txt", "y");
    write("sub/c.md", "z");
    assertThat(names("sub/**/*.txt")).containsExactly("b.txt", "deep/a.txt");
    assertThat(names("sub/*.txt")).containsExactly("b.txt");
    assertThat(names("**")).containsExactly("sub/b.txt", "sub/c.md", "sub/deep/a.txt");
  }

  @Test
  void aFileThatTwoPatternsMatchIsReadOnce() throws IOException {
    write("a.txt", "x");
    assertThat(names("a.txt", "*.txt")).containsExactly("a.txt");
  }

  @Test
  void entriesOfArchivesAreNamedAfterTheirArchive() throws IOException {
    archive("lib/one.jar", "p/A.java", "class A {}", "p/B.txt", "no");
    archive("lib/two.jar", "C.java", "class C {}");
    Corpus corpus = loader.read(List.of("lib/*.jar!**/*.java"), BYTES);
    assertThat(corpus.documents().stream().map(Document::name))
        .containsExactly("one.jar!p/A.java", "two.jar!C.java");
    assertThat(corpus.tokens()).isEqualTo(20);
  }

  @Test
  void theSplitIsByFileAndStaysWhenOthersComeOrGo() throws IOException {
    for (int i = 0; i < 400; i++) {
      write("t/" + i + ".txt", "text " + i);
    }
    Split all = loader.load(new TextSource(List.of("t/*"), List.of(), 0.2), BYTES);
    assertThat(all.validation().documents().size()).isBetween(48, 112); // 80 +- 4 deviations
    List<String> held = all.validation().documents().stream().map(Document::name).toList();
    Split some = loader.load(new TextSource(List.of("t/1*"), List.of(), 0.2), BYTES);
    assertThat(some.validation().documents().stream().map(Document::name))
        .containsExactlyElementsOf(held.stream().filter(n -> n.startsWith("1")).toList());
  }

  @Test
  void validationFilesMayBeNamed() throws IOException {
    write("a.txt", "x");
    write("b.txt", "y");
    Split split = loader.load(new TextSource(List.of("a.txt"), List.of("b.txt"), 0), BYTES);
    assertThat(split.training().tokens()).isEqualTo(1);
    assertThat(split.validation().documents().getFirst().name()).isEqualTo("b.txt");
  }

  @Test
  void hashChangesWithNamesTextsAndBorders() {
    assertThat(
            List.of(
                Texts.corpus(document("a", "xy")).hash(),
                Texts.corpus(document("b", "xy")).hash(),
                Texts.corpus(document("a", "xz")).hash(),
                Texts.corpus(document("a", "x"), document("a", "y")).hash()))
        .doesNotHaveDuplicates();
  }

  @Test
  void aSampleHasSoManyTokensAndIsTheSameEachTime() {
    var corpus = Texts.corpus(document("a", "xyz"), document("b", "uv"), document("c", "w"));
    assertThat(corpus.sample(4).tokens()).isEqualTo(4);
    assertThat(corpus.sample(4).hash()).isEqualTo(corpus.sample(4).hash());
    assertThat(corpus.sample(0)).isSameAs(corpus);
    assertThat(corpus.sample(99)).isSameAs(corpus);
  }

  @Test
  void missing() {
    fails("`none.txt` does not exist", "none.txt");
    fails("no file matches `none/*.txt`: there is no folder `none/`", "none/*.txt");
    fails("no file matches `*.txt`", "*.txt");
  }

  @Test
  void empty() throws IOException {
    write("empty.txt", "");
    fails("the text is empty: every file of `empty.txt` has 0 bytes", "empty.txt");
  }

  @Test
  void directory() throws IOException {
    Files.createDirectories(folder.resolve("sub"));
    fails("`sub` is a directory, but a text file is expected", "sub");
  }

  @Test
  void unreadable() {
    // a file that exists and that not even the superuser can read at its start
    Path memory = Path.of("/proc/self/mem");
    assumeTrue(Files.exists(memory), "no /proc here");
    fails("cannot read `/proc/self/mem`: Input/output error", memory.toString());
  }

  @Test
  void binary() throws IOException {
    Files.write(folder.resolve("image.png"), new byte[] {1, 2, 0, 3});
    fails("`image.png` is not text: byte 2 is zero", "image.png");
    Files.write(folder.resolve("latin.txt"), "caf\u00e9!".getBytes(StandardCharsets.ISO_8859_1));
    fails("`latin.txt` is not UTF-8: byte 3 is 0xe9", "latin.txt");
    byte[] longText = ("\u00e9".repeat(10_000) + "x").getBytes(StandardCharsets.UTF_8);
    longText[20_000] = (byte) 0xc3;
    Files.write(folder.resolve("cut.txt"), longText);
    fails("`cut.txt` is not UTF-8: byte 20000 is 0xc3", "cut.txt");
  }

  @Test
  void moreTextThanMemory() throws IOException {
    write("a.txt", "12345");
    write("b.txt", "123456");
    assertThat(new TextLoader(folder, 11, null).read(List.of("*.txt"), BYTES).tokens())
        .isEqualTo(11);
    assertThatThrownBy(() -> new TextLoader(folder, 10, null).read(List.of("*.txt"), BYTES))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "the text is too large: 11 bytes up to `b.txt`, but 10 fit into this Java heap");
  }

  @Test
  void aPathThatCannotBe() {
    assertThatThrownBy(() -> loader.read(List.of("a\0b"), BYTES))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("`a\0b` is not a path: ");
  }

  @Test
  void notAnArchive() throws IOException {
    write("a.jar", "no zip at all");
    assertThatThrownBy(() -> loader.read(List.of("a.jar!**"), BYTES))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("a.jar` cannot be read as an archive");
    archive("b.jar", "x.txt", "x");
    fails("none of the 1 entries of `b.jar` matches `**/*.java`", "b.jar!**/*.java");
  }

  @Test
  void nothingLeftForValidation() throws IOException {
    write("a.txt", "x");
    write("b.txt", "y");
    assertThatThrownBy(() -> loader.load(new TextSource(List.of("a.txt"), List.of(), 0), BYTES))
        .isInstanceOf(UserError.class)
        .hasMessage("no file is left for validation: 0.0 % of 1 file is held out");
    assertThatThrownBy(() -> loader.load(new TextSource(List.of("*.txt"), List.of(), 1), BYTES))
        .isInstanceOf(UserError.class)
        .hasMessage("no file is left for training: 100.0 % of 2 files are held out");
  }

  @Test
  void aSingleFileIsDividedAtALine() throws IOException {
    write("a.txt", "line of ten\n".repeat(100));
    Split split = loader.load(new TextSource(List.of("a.txt"), List.of(), 0.054), BYTES);
    assertThat(split.training().tokens()).isEqualTo(95 * 12);
    assertThat(split.validation().tokens()).isEqualTo(5 * 12);
    assertThat(split.notices())
        .containsExactly(
            new Notice(
                "`a.txt` is the only file: its last 60 of 1,200 bytes, whole lines, are held out"
                    + " for validation",
                false));
  }

  @Test
  void aSingleFileWithoutLinesIsDividedAtACharacter() throws IOException {
    write("a.txt", "é".repeat(10));
    Split split = loader.load(new TextSource(List.of("a.txt"), List.of(), 0.05), BYTES);
    assertThat(split.validation().tokens()).isEqualTo(2);
    assertThat(split.notices().getFirst().text()).contains("from within a line");
    write("b.txt", "x");
    assertThatThrownBy(() -> loader.load(new TextSource(List.of("b.txt"), List.of(), 0.05), BYTES))
        .isInstanceOf(UserError.class)
        .hasMessage("`b.txt` is the only file, and too short to hold a part of it out");
  }

  @Test
  void validationTextIsNotTrainedOnHoweverItIsReached() throws IOException {
    write("text/f0.txt", "held");
    write("text/f1.txt", "one");
    write("text/f2.txt", "two");
    Files.createSymbolicLink(folder.resolve("link.txt"), folder.resolve("text/f0.txt"));
    Files.createSymbolicLink(folder.resolve("folder"), folder.resolve("text"));
    archive("t.zip", "f0.txt", "held");
    for (String validation :
        List.of(
            "text/f0.txt", "text/../text/f0.txt", "link.txt", "folder/f0.txt", "t.zip!f0.txt")) {
      Split split =
          loader.load(new TextSource(List.of("text/*.txt"), List.of(validation), 0.05), BYTES);
      assertThat(split.training().documents().stream().map(Document::name))
          .as(validation)
          .containsExactly("f1.txt", "f2.txt");
      assertThat(split.validation().tokens()).isEqualTo(4);
      assertThat(split.notices())
          .containsExactly(
              new Notice("not trained on, because it is validation text too: `f0.txt`", true));
    }
    archive("all.zip", "f0.txt", "held", "f1.txt", "one");
    Split entries =
        loader.load(new TextSource(List.of("all.zip!**"), List.of("all.zip!f0.*"), 0.05), BYTES);
    assertThat(entries.training().documents().getFirst().name()).isEqualTo("all.zip!f1.txt");
    assertThatThrownBy(() ->
            loader.load(new TextSource(List.of("text/f0.txt"), List.of("link.txt"), 0.05), BYTES))
        .isInstanceOf(UserError.class)
        .hasMessage("no file is left for training: the text of `f0.txt` is validation text too");
  }

  @Test
  void recordsAreDocumentsOfTheirOwn() throws IOException {
    write("a.txt", "plain");
    write("b.jsonl", "{\"text\": \"one\"}\n\n{\"text\": \"two\"}\n");
    archive("c.zip", "web/d.jsonl", "{\"text\": \"three\"}\n", "web/e.txt", "no");
    Corpus corpus = loader.read(List.of("*.txt", "*.jsonl", "c.zip!**/*.jsonl"), BYTES);
    assertThat(names(corpus))
        .containsExactly("a.txt", "b.jsonl:1", "b.jsonl:3", "c.zip!web/d.jsonl:1");
    assertThat(corpus.tokens()).isEqualTo(16);
  }

  @Test
  void recordsThatAreLeftOutAreSaid() throws IOException {
    write("a.jsonl", "{\"text\": \"x\"}\n{}\n{\"text\": \"y\"}\n");
    write("b.txt", "y");
    var skip = new FormatOptions("", "text", Malformed.SKIP);
    Split split = loader.load(new TextSource(List.of("a.jsonl"), List.of("b.txt"), 0, skip), BYTES);
    assertThat(names(split.training())).containsExactly("a.jsonl:1");
    assertThat(split.notices())
        .containsExactly(
            new Notice("not trained on, because it is validation text too: `a.jsonl:3`", true),
            new Notice(
                "left out, because it is malformed: 1 record: without the field `text`"
                    + " (`a.jsonl:2`)",
                true));
    write("b.jsonl", "{}");
    assertThatThrownBy(
            () -> loader.load(new TextSource(List.of("b.jsonl"), List.of(), 0, skip), BYTES))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "no text is left of `b.jsonl`: left out, because it is malformed: 1 record: without the"
                + " field `text` (`b.jsonl:1`)");
  }

  @Test
  @Timeout(10)
  void linksAreFollowedAndEachFileIsReadOnce() throws IOException {
    write("data/real/a.txt", "a");
    write("data/real/deep/b.txt", "b");
    write("elsewhere/c.txt", "c");
    Files.createSymbolicLink(folder.resolve("data/0link"), folder.resolve("data/real"));
    Files.createSymbolicLink(folder.resolve("data/out"), folder.resolve("elsewhere"));
    Files.createSymbolicLink(folder.resolve("data/real/loop"), folder.resolve("data"));
    Files.createSymbolicLink(folder.resolve("data/self"), Path.of("self"));
    Files.createSymbolicLink(folder.resolve("data/0a.txt"), folder.resolve("data/real/a.txt"));
    Files.createLink(folder.resolve("data/z.txt"), folder.resolve("elsewhere/c.txt"));
    assertThat(names("data/**/*.txt")).containsExactly("real/a.txt", "real/deep/b.txt", "z.txt");
    assertThat(names("data/0l*/*.txt")).containsExactly("0link/a.txt");
    assertThat(names("data/out/*")).containsExactly("c.txt");
    assertThat(names("data/*/*/*.txt"))
        .containsExactly("real/deep/b.txt", "real/loop/0a.txt", "real/loop/z.txt");
  }

  @Test
  void aLinkToNothingIsSaid() throws IOException {
    write("data/a.txt", "a");
    Files.createSymbolicLink(folder.resolve("data/b.txt"), folder.resolve("gone"));
    fails("`b.txt` is a link to a file that does not exist", "data/*.txt");
    assertThat(names("data/a*")).containsExactly("a.txt");
  }

  @Test
  void aNameMayHoldTheMarkOfArchives() throws IOException {
    write("c!d.txt", "x");
    write("we!rd/e!!f.txt", "y");
    archive("we!rd/a.zip", "in!side.txt", "z");
    assertThat(names("c!d.txt")).containsExactly("c!d.txt");
    assertThat(names("*!!d.txt")).containsExactly("c!d.txt");
    assertThat(names("we!rd/e!!f.txt")).containsExactly("e!!f.txt");
    assertThat(names("we!rd/a.zip!**")).containsExactly("a.zip!in!side.txt");
    assertThat(names("we!rd/a.zip!in!*")).containsExactly("a.zip!in!side.txt");
    fails("`no.zip` does not exist", "no.zip!x!y");
  }

  @Test
  @Timeout(10)
  void pipesAndDevicesAreRefused() throws Exception {
    Path pipe = folder.resolve("pipe.txt");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no pipes");
    fails("cannot read `pipe.txt`: it is a pipe or a device, not a file", "pipe.txt");
    fails("cannot read `pipe.txt`: it is a pipe or a device, not a file", "*.txt");
    fails("cannot read `pipe.txt`: it is a pipe or a device, not a file", "pipe.txt!**");
    fails("cannot read `/dev/zero`: it is a pipe or a device, not a file", "/dev/zero");
  }

  @Test
  void damagedEntries() throws IOException {
    archive("good.zip", "a.txt", "0123456789".repeat(20));
    byte[] good = Files.readAllBytes(folder.resolve("good.zip"));
    int directory = find(good, 0x02014b50);
    damage(good, directory + 16, 1);
    fails("`bad.zip!a.txt` is damaged: its checksum does not fit", "bad.zip!**");
    damage(good, directory + 24, -100);
    fails(
        "`bad.zip!a.txt` is damaged: it holds more than the 100 bytes that the archive says",
        "bad.zip!**");
    damage(good, directory + 24, 20);
    fails("`bad.zip!a.txt` is damaged: it ends after 200 of 220 bytes", "bad.zip!**");
    damage(good, find(good, 0x04034b50) + 30 + "a.txt".length(), 0x06);
    fails("`bad.zip!a.txt` is damaged: it cannot be unpacked", "bad.zip!**");
  }

  /** Adds to a byte of an archive. */
  private void damage(byte[] good, int at, int difference) throws IOException {
    byte[] bad = good.clone();
    bad[at] = (byte) (bad[at] + difference);
    Files.write(folder.resolve("bad.zip"), bad);
  }

  private static int find(byte[] archive, int signature) {
    for (int at = 0; ; at++) {
      if (ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN).getInt(at) == signature) {
        return at;
      }
    }
  }

  private void fails(String message, String... patterns) {
    assertThatThrownBy(() -> loader.read(List.of(patterns), BYTES))
        .isInstanceOf(UserError.class)
        .hasMessage(message);
  }

  private List<String> names(String... patterns) {
    return names(loader.read(List.of(patterns), BYTES));
  }

  private static List<String> names(Corpus corpus) {
    return corpus.documents().stream().map(Document::name).toList();
  }

  private static Document document(String name, String text) {
    return Texts.document(name, text);
  }

  private void write(String name, String text) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void archive(String name, String... namesAndTexts) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    try (var out = new ZipOutputStream(Files.newOutputStream(path))) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        out.putNextEntry(new ZipEntry(namesAndTexts[i]));
        out.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
