package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model whose tokens are those of a tokenizer.json goes everywhere, and keeps that file. */
class HfTokenizerTest {
  private static final Path TOKENIZERS =
      Path.of(System.getProperty("swax.root"))
          .resolve("tokenizers/src/test/resources/dev/swax/tokenizers");

  private static final String FILE =
      """
      edition 1
      import "std/models"
      data text {
        files = ["text/*.txt"]
        held_out = 20%
        tokenizer = hf("words/tokenizer.json", end: "<|end|>")
      }
      data spare { files = ["text/*.txt"] tokenizer = hf("words/spare.json") }
      train small {
        model = transformer(width: 8, blocks: 1, heads: 1, vocab: round_up(vocabulary(text), 64))
        data = text
        seq = 32 tok
        batch = 64 tok
        budget = 2 step
        lr = constant(rate: 1e-2)
        sample_tokens = 8 tok
      }
      """;

  @TempDir Path folder = Path.of("");

  @BeforeEach
  void writeFiles() throws IOException {
    Files.createDirectories(folder.resolve("text"));
    Files.createDirectories(folder.resolve("words"));
    for (int i = 0; i < 6; i++) {
      Files.writeString(
          folder.resolve("text/" + i + ".txt"),
          "The boats of day %d come home <|end|> late, à l'aube 😀.\n".formatted(i).repeat(8));
    }
    tokenizer("byte_level");
    Files.copy(folder.resolve("words/tokenizer.json"), folder.resolve("words/spare.json"));
    Files.writeString(folder.resolve("m.swax"), FILE);
  }

  @Test
  void aModelOfTokensIsTrainedScoredAndContinued() throws IOException {
    assertThat(done("train", "m.swax", "--run-dir", "run").out()).contains(" tokens in ");
    assertThat(Files.readString(folder.resolve("run/manifest.json"))).contains("data.tokenizer");
    scored();
    assertThat(done("generate", "run", "--prompt", "à l'aube", "--length", "9").out())
        .startsWith("à l'aube");
    assertThat(done("generate", "run", "--prompt", "", "--length", "9").out()).isNotNull();
    Run made = done("eval", "run", "--task", "mqar(length: 16, pairs: 2, vocab: vocabulary(text))");
    assertThat(made.out()).contains("vocab: 334");
    String task = "niah(kind: single_2, length: 400, frame: short)";
    done("eval", "run", "--task", task, "--examples", "1");
    moved();
  }

  @Test
  void whatDoesNotFitTheTokenizerIsSaid() throws IOException {
    tokenizer("word_piece");
    String words = FILE.replace("end: \"<|end|>\"", "begin: \"\", end: \"\"");
    Files.writeString(folder.resolve("m.swax"), words);
    Run.in(folder, "check", "m.swax")
        .isRefused("the sample begins with \"\\n\", of which the tokenizer makes no token");
    Files.writeString(
        folder.resolve("m.swax"),
        words
            .replace("sample_tokens", "sample = \"A\" sample_tokens")
            .replace("round_up(vocabulary(text), 64)", "vocabulary(text) - 1"));
    Run.in(folder, "check", "m.swax")
        .isRefused("the vocabulary of `transformer` is 299, but tokens have 300 values");
  }

  /** Every byte of the text is predicted, and the end of each document, which has none. */
  private void scored() throws IOException {
    String text = "The <|begin|> é😀";
    Files.writeString(folder.resolve("other.txt"), text);
    JsonNode score =
        new JsonMapper().readTree(done("eval", "run", "--data", "other.txt", "--json").out());
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    assertThat(score.get("bytes").asInt()).isEqualTo(bytes);
    double tokens = score.get("tokens").asDouble();
    assertThat(score.get("bits").asDouble())
        .isCloseTo(score.get("loss").asDouble() * tokens / bytes / Math.log(2), within(1e-9));
  }

  /**
   * The run has a copy of its own; whatever happens to the file is said. What happens to that of
   * data that the run does not read is none of its business.
   */
  private void moved() throws IOException {
    String score = done("eval", "run", "--data", "other.txt").out();
    tokenizer("sentence_plain");
    Run changed = done("eval", "run", "--data", "other.txt");
    assertThat(changed.out()).isEqualTo(score);
    assertThat(changed.err()).contains("words/tokenizer.json has changed since the run began");
    Run.in(folder, "train", "m.swax", "--run-dir", "other")
        .isRefused("words/tokenizer.json", "`end` is `<|end|>`, which is none of its tokens");
    Files.delete(folder.resolve("words/spare.json"));
    Files.delete(folder.resolve("words/tokenizer.json"));
    assertThat(done("eval", "run", "--data", "other.txt").out()).isEqualTo(score);
    done("resume", "run");
    Path copy = folder.resolve("run/tokenizer/tokenizer.json");
    Files.writeString(copy, Files.readString(copy).replace("\"<|pad|>\"", "\"<|gap|>\""));
    Run.in(folder, "eval", "run", "--data", "other.txt")
        .isRefused("is not the one that the run began with", "run/tokenizer/tokenizer.json");
    Files.delete(copy);
    Run.in(folder, "eval", "run", "--data", "other.txt")
        .isRefused("run/tokenizer/tokenizer.json", "it does not exist");
  }

  private void tokenizer(String name) throws IOException {
    Files.writeString(
        folder.resolve("words/tokenizer.json"),
        Files.readString(TOKENIZERS.resolve(name + ".json")));
  }

  private Run done(String... arguments) {
    Run run = Run.in(folder, arguments);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }
}
