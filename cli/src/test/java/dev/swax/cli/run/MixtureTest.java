package dev.swax.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Training on text and a task by shares, with all that may change on the way: losses apart, and the
 * same bits after a stop.
 */
class MixtureTest {
  private static final String TEXT =
      """
      edition 1
      import "std/models"
      data text { files = ["text/*.txt"] held_out = 20% packing = whole documents = reset }
      data recall {
        task = mqar(length: 32, pairs: 2, vocab: 64)
        earlier = [before(50%, mqar(length: 16, pairs: 1, vocab: 64))]
      }
      data all {
        mix = [
          share(text, 75%, later: 50%, from: 25%, to: 75%),
          share(recall, 25%, later: 50%, from: 25%, to: 75%),
        ]
      }
      train small {
        model = swa_only(width: 32, blocks: 1, window: 8)
        data = all
        seq = 32 tok
        batch = 128 tok
        micro_batch = 64 tok
        budget = 4 step
        lr = constant(rate: 1e-2)
        validation_tokens = 64 tok
        sample_tokens = 4 tok
      }
      """;

  private static final Path LAST = Path.of("checkpoints/00000004/model.safetensors");

  @TempDir private Path folder;

  @Test
  void lossesAreApartAndBitsTheSameAfterAStopAndAKill() throws IOException {
    var training = new SmallTraining(folder);
    Files.writeString(folder.resolve("m.swax"), TEXT);
    Path whole = folder.resolve("runs/whole");
    var options = SmallTraining.machine("--threads", "1");
    training.train(whole, TrainingDevice.of(options, training.console()));
    assertThat(training.told())
        .contains("75% until 25% then to 50% at 75% of text (")
        .contains("of recall (mqar(length: 16, pairs: 1, ", " until 50% then mqar(length: 32, ")
        .contains("text: sequences hold whole documents: ")
        .contains("validation text loss", "validation recall accuracy");
    List<String> metrics = Files.readAllLines(whole.resolve("metrics.jsonl"));
    assertThat(metrics.getFirst()).contains("\"sources\":{\"text\":", "\"recall\":");

    int[] asked = {0};
    training.start(
        TrainingDevice.of(options, training.console()), () -> asked[0]++ >= 1, "--threads", "1");
    training.resumeWith(() -> false);
    assertThat(training.run().resolve(LAST)).hasSameBinaryContentAs(whole.resolve(LAST));

    leaveAsKilled(training.run());
    training.resumeWith(() -> false);
    assertThat(training.run().resolve(LAST)).hasSameBinaryContentAs(whole.resolve(LAST));
  }

  /** As a kill leaves it behind the last step: its line is half written, its checkpoint missing. */
  private static void leaveAsKilled(Path run) throws IOException {
    Path metrics = run.resolve("metrics.jsonl");
    String lines = Files.readString(metrics);
    int last = lines.indexOf("{\"step\":4,");
    assertThat(last).isPositive();
    Files.writeString(metrics, lines.substring(0, last + 30));
    try (Stream<Path> files = Files.walk(run.resolve("checkpoints/00000004"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
