package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check} remembers of large texts. */
class CheckedTextsTest {
  private static final String LINE = "a line of text\n";

  @TempDir private Path folder;
  private Path text;

  @BeforeEach
  void write() throws IOException {
    text = Files.createDirectory(folder.resolve("text")).resolve("a.txt");
    Files.write(text, large());
    Files.writeString(folder.resolve("text/b.txt"), "held out\n");
    Files.writeString(
        folder.resolve("m.swax"),
        """
        edition 1
        import "std/models"
        model m = transformer(width: 32, blocks: 1, heads: 2)
        data text {
          files = ["text/a.txt"]
          validation = ["text/b.txt"]
        }
        train main {
          model = m
          data = text
          seq = 64 tok
          batch = 64 tok
          budget = 1 step
          lr = constant(rate: 1e-3)
        }
        """);
  }

  private static byte[] large() {
    return LINE.repeat(100_000).getBytes(StandardCharsets.UTF_8);
  }

  /** Nothing else tells that: the bytes are no text any more, but the file looks as it did. */
  @Test
  void whatWasRightIsNotReadAgain() throws IOException {
    isRight(check());
    FileTime time = Files.getLastModifiedTime(text);
    spoil();
    Files.setLastModifiedTime(text, time);
    isRight(check());
    Files.setLastModifiedTime(text, FileTime.fromMillis(time.toMillis() + 1));
    check().isRefused("a.txt");
    check().isRefused("a.txt");
  }

  @Test
  void anotherQuestionIsAskedAnew() throws IOException {
    isRight(check());
    check("--set", "main.seq=2097152", "--set", "main.batch=2097152").isRefused("2,097,152");
    check("--set", "text.validation=[\"text/*.txt\"]").isRefused("validation text too");
    check("--set", "text.format=\"jsonl\"").isRefused("a.txt");
    Files.delete(text);
    check().isRefused("`text/a.txt` does not exist");
  }

  @Test
  void smallTextIsReadEachTime() throws IOException {
    Files.writeString(text, LINE.repeat(20));
    isRight(check());
    assertThat(folder.resolve("cache")).doesNotExist();
  }

  @Test
  void itIsShownAndRemovedWithTheCaches() throws IOException {
    isRight(check());
    isRight(check());
    Path remembered = folder.resolve("cache/checked");
    assertThat(Files.readAllLines(remembered)).hasSize(1);
    assertThat(run("data").out()).contains(remembered + "  texts that `check` found right");
    assertThat(run("data", "--clean").err()).contains("removed 1");
    assertThat(remembered).doesNotExist();
  }

  @Test
  void aCacheThatCannotBeWrittenIsNamed() throws IOException {
    Files.writeString(folder.resolve("cache"), "a file");
    Run run = check();
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err())
        .containsOnlyOnce("texts that are right are not remembered in ")
        .contains("SWAX_CACHE=DIR");
  }

  /** Reading a pipe would never end. */
  @Test
  void whatIsNoFileInItsPlaceIsNamed() throws Exception {
    Path place = folder.resolve("cache/checked");
    Files.createDirectories(place);
    assertThat(check().err()).containsOnlyOnce("it is a folder");
    Files.delete(place);
    Process pipe = new ProcessBuilder("mkfifo", place.toString()).start();
    assertThat(pipe.waitFor()).isZero();
    assertThat(check().err()).containsOnlyOnce("it is a pipe or a device, not a file");
  }

  private void spoil() throws IOException {
    byte[] bytes = large();
    bytes[bytes.length / 2] = (byte) 0xFF;
    Files.write(text, bytes);
  }

  private static void isRight(Run run) {
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
  }

  private Run check(String... more) {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "check";
    arguments[1] = "m.swax";
    System.arraycopy(more, 0, arguments, 2, more.length);
    return run(arguments);
  }

  private Run run(String... arguments) {
    Path cache = folder.resolve("cache");
    return Run.with(Map.of("SWAX_CACHE", cache.toString()), folder, arguments);
  }
}
