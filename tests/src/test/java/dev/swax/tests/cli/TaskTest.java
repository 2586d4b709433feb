package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task is trained on, then scored at other lengths. */
class TaskTest {
  @TempDir Path folder = Path.of("");

  @Test
  void aTaskIsTrainedAndScoredAtOtherLengths() throws IOException {
    Path file = folder.resolve("task.swax");
    Files.writeString(
        file,
        """
        edition 1
        import "std/models"
        import "std/tasks"
        data pairs { task = mqar(length: 16, pairs: 2, vocab: 32) }
        train small {
          model = swax(width: 16, blocks: 2, heads: 2, vocab: 32, window: 8)
          data = pairs
          seq = 16 tok
          batch = 128 tok
          budget = 6 step
          lr = constant(rate: 1e-2)
          validation_tokens = 256 tok
        }
        """);
    String run = folder.resolve("run").toString();
    Run trained = Run.swax("train", file.toString(), "--threads", "1", "--run-dir", run);
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.err()).contains("validation accuracy");
    assertThat(trained.out()).contains("accuracy/distance").doesNotContain("sample");
    scored(run);
    named(run);
    refused(run);
  }

  private static void scored(String run) throws IOException {
    String task = "mqar(pairs: 2, vocab: 32)";
    Run scored =
        Run.swax("eval", run, "--task", task, "--lengths", "16,8192", "--examples", "3", "--json");
    assertThat(scored.code()).as(scored.err()).isZero();
    var scores = JsonMapper.builder().build().readTree(scored.out());
    assertThat(scores).extracting(score -> score.get("length").asInt()).containsExactly(16, 8192);
    for (var score : scores) {
      var accuracy = score.get("metrics").get(0);
      assertThat(accuracy.get("name").asText()).isEqualTo("accuracy");
      assertThat(accuracy.get("value").asDouble()).isBetween(0.0, 1.0);
      assertThat(accuracy.get("count").asInt()).isEqualTo(3);
    }
  }

  /** Tasks of the standard library, by their names. */
  private static void named(String run) {
    Run named =
        Run.swax("eval", run, "--task", "mqar_64 with { vocab = 32 }", "--examples", "2", "--json");
    assertThat(named.code()).as(named.err()).isZero();
    assertThat(named.out()).contains("mqar(length: 64, pairs: 4, vocab: 32, ");
    Run bytes = Run.swax("eval", run, "--task", "babilong_qa1", "--lengths", "0,4096");
    bytes.isRefused("has 256 different tokens, but the model knows 32");
  }

  private static void refused(String run) {
    Run misspelled = Run.swax("eval", run, "--task", "mqar(pair: 2, length: 16)");
    assertThat(misspelled.code()).isEqualTo(2);
    assertThat(misspelled.err()).contains("did you mean `pairs`?").contains("--task:1:");
    Run noText = Run.swax("eval", run);
    assertThat(noText.code()).isEqualTo(2);
    assertThat(noText.err()).contains("has no text").contains("--task");
    Run bytes = Run.swax("generate", run);
    assertThat(bytes.code()).isEqualTo(2);
    assertThat(bytes.err()).contains("text has 256 different bytes");
  }
}
