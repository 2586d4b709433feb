package dev.swax.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
    Corpus corpus = loader.read(List.of("lib/*.jar!**/*.java"));
    assertThat(corpus.documents().stream().map(Document::name))
        .containsExactly("one.jar!p/A.java", "two.jar!C.java");
    assertThat(corpus.tokens()).isEqualTo(20);
  }

  @Test
  void theSplitIsByFileAndStaysWhenOthersComeOrGo() throws IOException {
    for (int i = 0; i < 400; i++) {
      write("t/" + i + ".txt", "text " + i);
    }
    Split all = loader.load(new TextSource(List.of("t/*"), List.of(), 0.2));
    assertThat(all.validation().documents().size()).isBetween(48, 112); // 80 +- 4 deviations
    List<String> held = all.validation().documents().stream().map(Document::name).toList();
    Split some = loader.load(new TextSource(List.of("t/1*"), List.of(), 0.2));
    assertThat(some.validation().documents().stream().map(Document::name))
        .containsExactlyElementsOf(held.stream().filter(n -> n.startsWith("1")).toList());
  }

  @Test
  void validationFilesMayBeNamed() throws IOException {
    write("a.txt", "x");
    write("b.txt", "y");
    Split split = loader.load(new TextSource(List.of("a.txt"), List.of("b.txt"), 0));
    assertThat(split.training().tokens()).isEqualTo(1);
    assertThat(split.validation().documents().getFirst().name()).isEqualTo("b.txt");
  }

  @Test
  void hashChangesWithNamesTextsAndBorders() {
    assertThat(
            List.of(
                new Corpus(List.of(document("a", "xy"))).hash(),
                new Corpus(List.of(document("b", "xy"))).hash(),
                new Corpus(List.of(document("a", "xz"))).hash(),
                new Corpus(List.of(document("a", "x"), document("a", "y"))).hash()))
        .doesNotHaveDuplicates();
  }

  @Test
  void aSampleHasSoManyTokensAndIsTheSameEachTime() {
    var corpus = new Corpus(List.of(document("a", "xyz"), document("b", "uv"), document("c", "w")));
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
    fails("`sub` is a directory, but a text file is wanted", "sub");
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
    assertThat(new TextLoader(folder, 11).read(List.of("*.txt")).tokens()).isEqualTo(11);
    assertThatThrownBy(() -> new TextLoader(folder, 10).read(List.of("*.txt")))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "the text is too large: 11 bytes up to `b.txt`, but 10 fit into this Java heap");
  }

  @Test
  void aPathThatCannotBe() {
    assertThatThrownBy(() -> loader.read(List.of("a\0b")))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("`a\0b` is no path: ");
  }

  @Test
  void notAnArchive() throws IOException {
    write("a.jar", "no zip at all");
    assertThatThrownBy(() -> loader.read(List.of("a.jar!**")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("a.jar` cannot be read as an archive");
    archive("b.jar", "x.txt", "x");
    fails("none of the 1 entries of `b.jar` matches `**/*.java`", "b.jar!**/*.java");
  }

  @Test
  void nothingLeftForValidation() throws IOException {
    write("a.txt", "x");
    assertThatThrownBy(() -> loader.load(new TextSource(List.of("a.txt"), List.of(), 0)))
        .isInstanceOf(UserError.class)
        .hasMessage("no file is left for validation: 0.0 % of 1 files are held out");
    assertThatThrownBy(() -> loader.load(new TextSource(List.of("a.txt"), List.of(), 1)))
        .isInstanceOf(UserError.class)
        .hasMessage("no file is left for training: 100.0 % of 1 files are held out");
  }

  private void fails(String message, String... patterns) {
    assertThatThrownBy(() -> loader.read(List.of(patterns)))
        .isInstanceOf(UserError.class)
        .hasMessage(message);
  }

  private List<String> names(String... patterns) {
    return loader.read(List.of(patterns)).documents().stream().map(Document::name).toList();
  }

  private static Document document(String name, String text) {
    return new Document(name, text.getBytes(StandardCharsets.UTF_8));
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
