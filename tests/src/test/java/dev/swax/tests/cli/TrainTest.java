package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small hybrid is trained, evaluated and asked for text; threads do not change its bits. */
class TrainTest {
  private static final String FILE =
      """
      edition 1
      import "std/models"
      window drawn = sample per batch { 8: 50%, 64: rest } until 90% then 64
      data text {
        files = ["text/*.txt"]
        held_out = 20%
      }
      train small {
        model = swax(width: 32, blocks: 2, window: drawn)
        data = text
        seq = 64 tok
        batch = 256 tok
        budget = 20 step
        lr = constant(rate: 1e-2)
        validation_tokens = 512 tok
        sample_tokens = 8 tok
      }
      """;

  @TempDir Path folder = Path.of("");

  @Test
  void theLossFallsAndThreadsDoNotChangeTheBits() throws IOException {
    Path file = prepare();
    for (int threads = 1; threads <= 2; threads++) {
      Run run =
          Run.swax("train", file.toString(), "--threads", "" + threads, "--run-dir", run(threads));
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.err()).doesNotContain("error");
    }
    List<Double> losses = losses(Path.of(run(1)).resolve("metrics.jsonl"));
    assertThat(losses).hasSizeGreaterThanOrEqualTo(20);
    assertThat(losses.get(19)).isLessThan(losses.getFirst() - 1);
    Path weights = Path.of("checkpoints/00000020/model.safetensors");
    assertThat(Path.of(run(1)).resolve(weights))
        .hasSameBinaryContentAs(Path.of(run(2)).resolve(weights));

    Run evaluated = Run.swax("eval", run(1));
    assertThat(evaluated.code()).as(evaluated.err()).isZero();
    assertThat(evaluated.out()).contains("perplexity");
    Run generated = Run.swax("generate", run(1), "--prompt", "word ", "--length", "10");
    assertThat(generated.code()).as(generated.err()).isZero();
    assertThat(generated.out()).isNotBlank();
  }

  @Test
  void infoSaysWhatItPromises() throws IOException {
    Run run = Run.swax("info", "--json", prepare().toString());
    assertThat(run.code()).as(run.err()).isZero();
    var models = JsonMapper.builder().build().readTree(run.out());
    assertThat(models.isArray()).isTrue();
    for (var model : models) {
      for (String key :
          List.of(
              "name",
              "parameters",
              "flopsPerToken",
              "stateBytes",
              "receptiveField",
              "peakTrainingBytes",
              "layers")) {
        assertThat(model.has(key)).as(key).isTrue();
      }
    }
  }

  private Path prepare() throws IOException {
    var random = new SplittableRandom(5);
    List<String> words = List.of("window", "memory", "word", "token", "layer", "state");
    Path text = Files.createDirectories(folder.resolve("text"));
    for (int i = 0; i < 12; i++) {
      var line = new StringBuilder();
      for (int word = 0; word < 300; word++) {
        line.append(words.get(random.nextInt(words.size()))).append(' ');
      }
      Files.writeString(text.resolve(i + ".txt"), line);
    }
    Path file = folder.resolve("m.swax");
    Files.writeString(file, FILE);
    return file;
  }

  private String run(int threads) {
    return folder.resolve("run" + threads).toString();
  }

  private static List<Double> losses(Path metrics) throws IOException {
    var json = JsonMapper.builder().build();
    var losses = new ArrayList<Double>();
    for (String line : Files.readAllLines(metrics)) {
      var step = json.readTree(line);
      if (step.has("loss")) {
        losses.add(step.get("loss").asDouble());
      }
    }
    return losses;
  }
}
