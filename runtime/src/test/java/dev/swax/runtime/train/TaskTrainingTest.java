package dev.swax.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.swax.runtime.task.mqar.Mqar;
import dev.swax.runtime.testing.BagProgram;
import dev.swax.runtime.testing.Runs;
import dev.swax.runtime.token.ByteTokenizer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskTrainingTest {
  private static final TrainingData DATA =
      new TrainingExamples(
          new Mqar(16, 3, 64, 1, true, 1, 0), ByteTokenizer.BYTES, 50, ExampleLoss.ANSWERS);

  @TempDir Path folder;

  @Test
  void aStoppedRunEndsWithTheSameBits() throws IOException {
    Outcome whole = train(folder.resolve("whole"), () -> false);
    assertThat(whole.stopped()).isFalse();
    int[] asked = {0};
    assertThat(train(folder.resolve("parts"), () -> asked[0]++ >= 17).stopped()).isTrue();
    Outcome resumed = train(folder.resolve("parts"), () -> false);
    assertThat(resumed.last()).isEqualTo(whole.last());
    for (String file : List.of("model.safetensors", "optim.safetensors")) {
      assertThat(Runs.file(folder.resolve("parts"), Runs.STEPS, file))
          .isEqualTo(Runs.file(folder.resolve("whole"), Runs.STEPS, file));
    }
  }

  @Test
  void aValidationIsAccuracyAndLossOnOtherExamples() throws IOException {
    Path run = folder.resolve("run");
    train(run, () -> false);
    List<JsonNode> validations =
        Files.readAllLines(run.resolve("metrics.jsonl")).stream()
            .map(TaskTrainingTest::parse)
            .map(line -> line.path("validation"))
            .filter(JsonNode::isObject)
            .toList();
    assertThat(validations).hasSize(4);
    JsonNode last = validations.getLast();
    assertThat(last.get("examples").intValue()).isEqualTo(18); // 300 tokens of 16 each
    assertThat(last.get("metrics").get("accuracy").doubleValue()).isBetween(0.0, 1.0);
    assertThat(last.get("standardErrors").has("accuracy")).isTrue();
    assertThat(last.get("loss").doubleValue())
        .isEqualTo(last.get("metrics").get("loss").doubleValue());
    assertThat(last.get("loss").doubleValue())
        .isLessThan(validations.getFirst().get("loss").doubleValue());
    assertThat(Files.readString(run.resolve("log.txt"))).contains("validation accuracy 0.");
  }

  private static JsonNode parse(String line) {
    try {
      return new JsonMapper().readTree(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }

  private static Outcome train(Path path, BooleanSupplier stop) {
    BagProgram program = BagProgram.create(2, 16);
    try (RunDirectory run =
        Files.exists(path.resolve("manifest.json"))
            ? RunDirectory.open(path)
            : RunDirectory.create(path, Runs.description(), DATA)) {
      var out = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
      return new Trainer(
              new TrainingJob(
                  Runs.recipe(), program, program.resized(1, 40), DATA, run, stop, out, false, 1))
          .run();
    }
  }
}
