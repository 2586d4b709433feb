package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model of characters goes everywhere where one of bytes goes. */
class TokenizerTest {
  private static final String FILE =
      """
      edition 1
      import "std/models"
      data text {
        files = ["text/*.txt"]
        held_out = 20%%
        tokenizer = characters("%s")
      }
      train small {
        model = transformer(width: 8, blocks: 1, heads: 1, vocab: 128)
        data = text
        seq = 64 tok
        batch = 128 tok
        budget = 6 step
        lr = constant(rate: 1e-2)
        sample = "a"
        sample_tokens = 8 tok
      }
      """;
  private static final List<String> WORDS = List.of("é€", "dad", "😀", "deed", "a", "€€");

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void writeText() throws IOException {
    var random = new SplittableRandom(5);
    Files.createDirectories(folder.resolve("text"));
    for (int i = 0; i < 12; i++) {
      var text = new StringBuilder();
      for (int word = 0; word < 60; word++) {
        text.append(WORDS.get(random.nextInt(WORDS.size()))).append(word % 9 == 8 ? '\n' : ' ');
      }
      Files.writeString(folder.resolve("text").resolve(i + ".txt"), text);
    }
  }

  @Test
  void aModelOfCharactersIsTrainedScoredAndContinued() throws IOException {
    var ascii = new StringBuilder();
    for (char c = ' '; c < 127; c++) {
      ascii.append(c == '"' || c == '\\' ? "\\" : "").append(c);
    }
    write("\\n" + ascii + "€é😀");
    trained();
    scored();
    continued();
    asked();
    refused();
  }

  private void trained() throws IOException {
    int[] asked = {0};
    Run stopped = Run.until(() -> asked[0]++ >= 3, folder, "train", "m.swax", "--run-dir", "run");
    assertThat(stopped.code()).as(stopped.err()).isEqualTo(75);
    assertThat(stopped.err()).contains(" characters of ");
    assertThat(Files.readString(folder.resolve("run/manifest.json"))).contains("data.tokenizer");
    assertThat(done("resume", "run").out())
        .contains(" tokens in ")
        .contains("byte trigram")
        .contains("sample:");
  }

  /** Bits are those of a byte, whatever a token is. */
  private void scored() throws IOException {
    Files.writeString(folder.resolve("other.txt"), "é€😀 dad");
    Run scored = done("eval", "run", "--data", "other.txt", "--json");
    JsonNode score = new JsonMapper().readTree(scored.out());
    assertThat(score.get("tokens").asInt()).isEqualTo(6);
    assertThat(score.get("bytes").asInt()).isEqualTo(3 + 4 + 4); // the é is not predicted
    assertThat(score.get("bits").asDouble())
        .isCloseTo(score.get("loss").asDouble() * 6 / 11 / Math.log(2), within(1e-9));
  }

  private void continued() {
    String text = done("generate", "run", "--prompt", "é€", "--length", "40").out();
    assertThat(text).startsWith("é€").doesNotContain("\uFFFD");
    assertThat(text.codePointCount(0, text.length())).isEqualTo(2 + 40 + 1);
  }

  private void asked() {
    String task = "niah(kind: single_2, length: 400, frame: short)";
    Run asked = done("eval", "run", "--task", task, "--examples", "2");
    assertThat(asked.out()).contains("niah(kind: single_2, length: 400 tok");
  }

  private void refused() throws IOException {
    Run.in(folder, "generate", "run", "--prompt", "daж")
        .isRefused("`characters` lacks `ж` (U+0436)", "add \"ж\" to `characters`");
    Files.writeString(folder.resolve("other.txt"), "dad\nж");
    Run.in(folder, "eval", "run", "--data", "other.txt")
        .isRefused("`other.txt`: `characters` lacks `ж` (U+0436), which stands on line 2");
  }

  @Test
  void whatTheCharactersLackIsSaid() throws IOException {
    write("\\nade€ ");
    String help = "add \"é😀\" to `characters`, or take another text";
    Run.in(folder, "check", "m.swax").isRefused("0.txt`: `characters` lacks `", help);
    Run.in(folder, "train", "m.swax", "--run-dir", "run")
        .isRefused("0.txt`: `characters` lacks `", help);
    assertThat(folder.resolve("run")).doesNotExist();
  }

  private void write(String characters) throws IOException {
    Files.writeString(folder.resolve("m.swax"), FILE.formatted(characters));
  }

  private Run done(String... arguments) {
    Run run = Run.in(folder, arguments);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }
}
