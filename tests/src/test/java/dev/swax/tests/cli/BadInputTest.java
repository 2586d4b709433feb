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

/**
 * What a user can get wrong gives one message, exit code 2, and leaves nothing behind.
 *
 * <p>Elsewhere: every message of the compiler ({@code tests/golden/diagnostics}), checkpoints
 * ({@link CheckpointTest}), runs in use, full disks and too little memory ({@link ProcessTest}), no
 * JDK ({@link LauncherTest}).
 */
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
        Arguments.of("heads that do not divide", "swax(width: 32", "swa_only(width: 30", "30"),
        Arguments.of("a pattern that is not whole", "blocks: 2", "blocks: 3", "3"),
        Arguments.of("no such import", "std/models", "std/modles", "std/models"),
        Arguments.of(
            "key heads that do not divide the heads",
            "swax(width: 32, blocks: 2)",
            "swax(width: 32, blocks: 2) with { local = swa(window: 8, heads: 4, key_heads: 3) }",
            "3"),
        Arguments.of(
            "shares that do not sum to 1",
            "blocks: 2",
            "blocks: 2, window: sample per batch { 8: 50%, 64: 30% }",
            "the probabilities sum to 0.8, not 1"),
        Arguments.of("a batch of part of a sequence", "batch = 128", "batch = 100", "64"),
        Arguments.of("an open brace", "1e-3)\n}", "1e-3)\n", "}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void aFaultOfTheFile(String what, String from, String to, String told) throws IOException {
    Path file = write(FILE.replace(from, to));
    refused(train(file), told);
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

  /** What it names cannot be read, whoever asks: its first byte is an error of the system's. */
  @Test
  void unreadableData() throws IOException {
    Path file = write(FILE);
    Files.createDirectories(folder.resolve("text"));
    Files.createSymbolicLink(folder.resolve("text/a.txt"), Path.of("/proc/self/mem"));
    refused(train(file), "cannot read", "a.txt");
  }

  @Test
  void dataInAnotherEncoding() throws IOException {
    Path file = write(FILE);
    Files.createDirectories(folder.resolve("text"));
    Files.write(folder.resolve("text/a.txt"), "na\u00efve".getBytes(StandardCharsets.ISO_8859_1));
    refused(train(file), "a.txt", "not UTF-8", "0xef");
  }

  @Test
  void dataThatIsAFolder() throws IOException {
    Path file = write(FILE.replace("text/*.txt", "text"));
    Files.createDirectories(folder.resolve("text"));
    refused(train(file), "`text` is a directory", "`text/**`");
  }

  @Test
  void anArchiveThatIsNone() throws IOException {
    Path file = write(FILE.replace("text/*.txt", "text/a.jar!**"));
    Files.createDirectories(folder.resolve("text"));
    Files.writeString(folder.resolve("text/a.jar"), "text");
    refused(train(file), "a.jar", "archive");
  }

  @Test
  void aWindowLongerThanTheSequenceIsAWarning() throws IOException {
    warned(FILE.replace("blocks: 2", "blocks: 2, window: 128"), "warning[SWX4006]");
  }

  @Test
  void aTestWindowThatWasNeverTrainedIsAWarning() throws IOException {
    warned(
        FILE.replace("blocks: 2", "blocks: 2, window: sample per batch { 8: 50%, 64: rest }")
            .replace("budget", "test_window = 32\n  budget"),
        "warning[SWX4007]");
  }

  @Test
  void anImportThatComesBack() throws IOException {
    Path file = write(FILE.replace("std/models\"", "std/models\"\nimport \"other.swax\""));
    Files.writeString(folder.resolve("other.swax"), "edition 1\nimport \"m.swax\"\n");
    refused(train(file), "m.swax", "other.swax");
  }

  @Test
  void anImportInAnotherEncoding() throws IOException {
    Path file = write(FILE.replace("std/models\"", "std/models\"\nimport \"other.swax\""));
    Files.write(
        folder.resolve("other.swax"),
        "// na\u00efve\nedition 1\n".getBytes(StandardCharsets.ISO_8859_1));
    refused(train(file), "other.swax", "UTF-8");
  }

  @Test
  void aFileThatIsNotThere() {
    refused(train(folder.resolve("none.swax")), "none.swax");
  }

  @Test
  void aFileWhereRunsWouldLie() throws IOException {
    Path file =
        write(
            FILE.replace(
                "{ files = [\"text/*.txt\"] }",
                "{\n  files = [\"text/a.txt\"]\n  validation = [\"text/b.txt\"]\n}"));
    Files.writeString(folder.resolve("runs"), "");
    Files.createDirectories(folder.resolve("text"));
    Files.writeString(folder.resolve("text/a.txt"), "words ".repeat(2000));
    Files.writeString(folder.resolve("text/b.txt"), "more words ".repeat(2000));
    Run.in(folder, "train", file.toString())
        .isRefused(
            "cannot make a run directory in %s: a file of that name is in the way"
                .formatted(folder.resolve("runs")));
  }

  @Test
  void aFileThatIsAFolder() {
    refused(train(folder), "is a folder, not a file");
  }

  @Test
  void anEmptyFile() throws IOException {
    refused(train(write("")), "train block");
  }

  @Test
  void aFileInAnotherEncoding() throws IOException {
    Path file = folder.resolve("m.swax");
    Files.write(file, FILE.getBytes(StandardCharsets.UTF_16));
    refused(train(file), "UTF-16");
    Files.write(file, ("// na\u00efve\n" + FILE).getBytes(StandardCharsets.ISO_8859_1));
    refused(train(file), "UTF-8");
    Files.write(file, new byte[100]);
    refused(train(file), "text");
  }

  @Test
  void moreMemoryThanAnyMachineHas() throws IOException {
    refused(train(write(FILE.replace("width: 32", "width: 64Ki"))), "m.swax:", "needs", "GiB");
  }

  @Test
  void aVerbThatIsNotThere() {
    refused(Run.swax("tain"), "train");
  }

  @Test
  void aRunThatIsNotThere() {
    refused(Run.swax("resume", folder.resolve("nothing").toString()), "nothing");
  }

  private void refused(Run run, String... told) {
    run.isRefused(told);
    assertThat(folder.resolve("run")).doesNotExist();
  }

  private void warned(String text, String told) throws IOException {
    Run run = Run.swax("check", "--no-data", write(text).toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.errors()).as(run.err()).isZero();
    assertThat(run.err().lines().filter(line -> line.startsWith("warning"))).hasSize(1);
    assertThat(run.err()).contains(told);
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
