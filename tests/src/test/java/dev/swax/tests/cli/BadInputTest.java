package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user can get wrong gives one message, exit code 2, and leaves nothing behind. */
class BadInputTest {
  private static final String FILE =
      """
      edition 1
      import "std/models"
      data text { files = ["text/*.txt"] }
      train small {
        model = swax(width: 32, blocks: 2)
        data = text
        seq = 64 tok
        batch = 128 tok
        budget = 2 step
        lr = constant(rate: 1e-3)
      }
      """;

  @TempDir Path folder = Path.of("");

  static Stream<Arguments> files() {
    return Stream.of(
        Arguments.of("an unknown name", "swax(width", "swacks(width", "swax"),
        Arguments.of("an unknown key", "seq = 64", "sequ = 64", "seq"),
        Arguments.of("a wrong unit", "seq = 64 tok", "seq = 64 step", "tok"),
        Arguments.of("heads that do not divide", "width: 32", "width: 30", "30"),
        Arguments.of("a pattern that is not whole", "blocks: 2", "blocks: 3", "3"),
        Arguments.of("no such import", "std/models", "std/modles", "std/models"),
        Arguments.of("an open brace", "data text {", "data text ", "{"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void aFaultOfTheFile(String what, String from, String to, String told) throws IOException {
    Path file = write(FILE.replace(from, to));
    Run run = train(file);
    assertThat(run.code()).as("%s: %s", what, run.err()).isEqualTo(2);
    assertThat(run.errors()).as("%s: %s", what, run.err()).isPositive();
    assertThat(run.err()).contains(told).doesNotContain("\tat ").doesNotContain("Exception");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void noData() throws IOException {
    refused(train(write(FILE)), "text/*.txt");
  }

  @Test
  void emptyData() throws IOException {
    Path file = write(FILE);
    Files.createDirectories(folder.resolve("text"));
    Files.writeString(folder.resolve("text/a.txt"), "");
    refused(train(file), "text");
  }

  @Test
  void binaryData() throws IOException {
    Path file = write(FILE);
    Files.createDirectories(folder.resolve("text"));
    Files.write(folder.resolve("text/a.txt"), new byte[5000]);
    refused(train(file), "a.txt");
  }

  @Test
  void aFileThatIsNotThere() {
    refused(train(folder.resolve("none.swax")), "none.swax");
  }

  @Test
  void aFileInAnotherEncoding() throws IOException {
    Path file = folder.resolve("m.swax");
    Files.write(file, FILE.getBytes(StandardCharsets.UTF_16));
    refused(train(file), "UTF-16");
  }

  @Test
  void aVerbThatIsNotThere() {
    refused(Run.swax("tain"), "train");
  }

  @Test
  void aRunThatIsNotThere() {
    refused(Run.swax("resume", folder.resolve("nothing").toString()), "nothing");
  }

  private void refused(Run run, String told) {
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.errors()).as(run.err()).isOne();
    assertThat(run.err()).contains(told).doesNotContain("\tat ").doesNotContain("Exception");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  private Run train(Path file) {
    return Run.swax("train", file.toString(), "--run-dir", folder.resolve("run").toString());
  }

  private Path write(String text) throws IOException {
    Path file = folder.resolve("m.swax");
    Files.writeString(file, text);
    return file;
  }
}
