package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small hybrid is trained, evaluated and asked for text; threads do not change its bits. */
class TrainTest {
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

  private Path prepare() throws IOException {
    return SmallFile.write(folder, 20);
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
