package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The text that a file names: what is wrong with it is said before anything is written. */
class DataTest {
  @TempDir Path folder = Path.of("");

  @BeforeEach
  void writeFile() throws IOException {
    SmallFile.write(folder, 2);
  }

  @Test
  void checkLooksAtTheText() throws IOException {
    assertThat(check().out()).contains("no errors");
    check("data.files=[\"none/*\"]").isRefused("SWX5020", "no folder `none/`");
    check("data.held_out=0%").isRefused("SWX5020", "no file is left for validation");
    check("train.seq=40000", "train.batch=40000")
        .isRefused("SWX5020", "one sequence needs 40,000", "m.swax");
    Files.write(folder.resolve("text/bad.txt"), new byte[] {'a', (byte) 0xff});
    check().isRefused("SWX5020", "`bad.txt` is not UTF-8: byte 1 is 0xff");
    Run blind = Run.in(folder, "check", "m.swax", "--no-data");
    assertThat(blind.out()).contains("no errors");
  }

  @Test
  void checkWarnsOfWhatIsHardlyMeant() {
    Run run = check("data.validation=[\"text/0.txt\"]");
    assertThat(run.code()).isZero();
    assertThat(run.err())
        .contains("warning[SWX5021]: not trained on, because it is validation text too: `0.txt`");
  }

  @Test
  void trainSaysWhatItLeavesOutAndWhatItDivides() {
    Run left = train("data.validation=[\"text/0.txt\"]");
    assertThat(left.code()).as(left.err()).isZero();
    assertThat(left.err())
        .contains("of 11 files")
        .contains("warning: not trained on, because it is validation text too: `0.txt`");
    Run single = train("data.files=[\"text/0.txt\"]");
    assertThat(single.code()).as(single.err()).isZero();
    assertThat(single.err()).contains("note: `0.txt` is the only file: its last ");
  }

  @Test
  void aTextThatIsTooShortLeavesNoRun() {
    train("train.seq=40000", "train.batch=40000")
        .isRefused("the training text has ", "one sequence needs 40,000");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  @Timeout(30)
  @DisabledOnOs(OS.WINDOWS)
  void whatNeverEndsIsNoText() throws Exception {
    Path pipe = folder.resolve("text/pipe.txt");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    train().isRefused("cannot read `text/pipe.txt`: it is a pipe or a device");
    train("data.files=[\"/dev/zero\"]").isRefused("cannot read `/dev/zero`: it is a pipe");
    train("data.files=[\"/dev/zero!**\"]").isRefused("cannot read `/dev/zero`: it is a pipe");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void recordsComeFromPackedFilesAndTables() throws IOException {
    Path samples =
        Path.of(System.getProperty("swax.root"), "formats/src/test/resources/dev/swax/formats");
    for (String name : List.of("two_frames.jsonl.zst", "uncompressed.parquet")) {
      Files.copy(samples.resolve(name), folder.resolve(name));
    }
    check("data.files=[\"*.zst\"]", "data.held_out=0.99")
        .isRefused("SWX5020", "no file is left for training", "99.0 % of 2 files");
    check("data.files=[\"*.zst\"]", "data.format=text", "data.validation=[\"text/0.txt\"]")
        .isRefused("SWX5020", "the training text has 30 tokens");
    String table = "data.files=[\"*.parquet\"]";
    check(table).isRefused("SWX5020", "`uncompressed.parquet:4`: its `text` is null", "= skip`");
    check(table, "data.field=\"id\"").isRefused("SWX5020", "is int64, but text is expected");
    Run left = check(table, "data.malformed=skip", "data.validation=[\"text/0.txt\"]");
    assertThat(left.code()).as(left.err()).isZero();
    assertThat(left.err())
        .contains("SWX5021", "1 record: `text` is null (`uncompressed.parquet:4`)");
  }

  private Run check(String... settings) {
    return run("check", settings);
  }

  private Run train(String... settings) {
    return run("train", settings);
  }

  private Run run(String verb, String... settings) {
    String[] arguments = new String[2 + 2 * settings.length];
    arguments[0] = verb;
    arguments[1] = "m.swax";
    for (int i = 0; i < settings.length; i++) {
      arguments[2 + 2 * i] = "--set";
      arguments[3 + 2 * i] = settings[i];
    }
    return Run.in(folder, arguments);
  }
}
