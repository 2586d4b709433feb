package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code data} says, and the caches that it makes and removes. */
class DataCommandTest {
  @TempDir Path folder = Path.of("");

  @BeforeEach
  void writeFile() throws IOException {
    SmallFile.write(folder, 2);
  }

  private Run data(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "data";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Run.with(Map.of("SWAX_CACHE", "cache"), folder, all);
  }

  @Test
  void saysWhatEachPatternGives() throws IOException {
    Files.createDirectories(folder.resolve("web"));
    Files.writeString(
        folder.resolve("web/a.jsonl"), "{\"m\": {\"t\": \"abcd\"}}\n{\"m\": {\"t\": \"ef\"}}\n");
    Files.writeString(folder.resolve("b.txt"), "12");
    Files.writeString(
        folder.resolve("two.swax"),
        "edition 1\ndata two { files = [\"b.txt\", \"web/*\", \"**/*.jsonl\"] field = \"m.t\" held_out = 50% }\n");
    Run run = data("two.swax");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("  25.0 % of the tokens, 1 document, 2 tokens, 2 bytes: files of `b.txt`\n")
        .contains("  75.0 % of the tokens, 2 documents, 6 tokens, 6 bytes: files of `web/*`\n")
        .contains(
            "   0.0 % of the tokens, 0 documents, 0 tokens, 0 bytes: files of `**/*.jsonl`\n");
    assertThat(data("two.swax", "--json").out())
        .containsPattern("\"pattern\" : \"web/\\*\",\\s+\"documents\" : 2,\\s+\"tokens\" : 6");
  }

  @Test
  void saysWhatIsThere() {
    Run run = data("m.swax");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("data text: 12 documents of 12 files, [0-9,]+ tokens \\(bytes\\)")
        .contains("1.0000 tokens a byte")
        .containsPattern("training +[0-9]+ documents")
        .containsPattern("shortest [0-9,]+, median [0-9,]+, 90 % up to [0-9,]+, longest [0-9,]+")
        .contains("100.0 % of documents, 100.0 % of tokens")
        .contains("and 2 more files")
        .contains("made when they are needed, without a cache")
        .contains("sample, `");
    assertThat(data("m.swax", "--json").out())
        .contains("\"documents\" : 12")
        .contains("\"sha256\" : ");
    assertThat(data().out()).contains("there is no cache in ");
    assertThat(data("m.swax", "--clean").out()).contains("there is no cache of this data");
    assertThat(folder.resolve("cache")).doesNotExist();
  }

  @Test
  void whatIsNotThereIsNamed() throws IOException {
    data("m.swax", "texd").isRefused("m.swax has no data block `texd`", "did you mean `text`?");
    data("none.swax").isRefused("none.swax");
    data("m.swax", "--set", "data.files=[\"none/*\"]").isRefused("no folder `none/`");
    Files.writeString(folder.resolve("n.swax"), "edition 1\n");
    data("n.swax").isRefused("n.swax has no data block");
  }

  /** Its tokens take more than the sixteen megabytes from which they are kept. */
  @Test
  void largeTextIsKeptUntilItIsRemoved() throws IOException {
    String line = "{\"text\": \"" + "words of a document ".repeat(800) + "\"}\n";
    Files.writeString(folder.resolve("text/large.jsonl"), line.repeat(1100));
    String[] large = {"m.swax", "--set", "data.files=[\"text/*.jsonl\"]"};
    Run blind =
        Run.with(Map.of("SWAX_CACHE", "cache"), folder, "check", "m.swax", large[1], large[2]);
    assertThat(blind.code()).as(blind.err()).isZero();
    assertThat(blind.err()).contains("looked at the beginning of 1 of 1 files");
    assertThat(folder.resolve("cache")).doesNotExist();
    Run run = data(large);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("data text: 1,100 documents of 1 file, 17,600,000 tokens (bytes)")
        .contains("kept in ");
    assertThat(data().out()).contains("in 1 cache").contains("text/*.jsonl");
    assertThat(data(large[0], large[1], large[2], "--clean").out()).contains("in 1 cache");
    assertThat(data().out()).contains("there is no cache in ");
  }

  @Test
  void compiledProgramsAreShownAndRemovedWithTheCaches() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("cache/classes"));
    Path kept = Files.write(classes.resolve("0".repeat(64) + ".classes"), new byte[300_000]);
    assertThat(data().out()).contains("0.3 MB  " + classes + "  compiled programs", "in 1 cache");
    assertThat(data("--json").out()).contains("\"bytes\" : 300000");
    assertThat(data("--clean").err()).contains("removed 1");
    assertThat(kept).doesNotExist();
    assertThat(data().out()).contains("there is no cache in ");
  }
}
