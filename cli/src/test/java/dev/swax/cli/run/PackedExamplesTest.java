package dev.swax.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examples that share a sequence are trained on as if each had one of its own. */
class PackedExamplesTest {
  /** The steps are sums of the same single-precision numbers in other orders. */
  private static final double ROUNDING = 1e-4;

  private static final String TEXT =
      """
      edition 1
      import "std/cells"
      model both(width = 32, blocks = 2) {
        let memory = mlstm(heads: 1)
        let local = swa(window: 32, heads: 2, rope: 10k)
        vocab = 64
        ffn = swiglu(hidden: 64)
        layers = [memory, local]
      }
      data recall {
        task = mqar(length: 32, pairs: 4, vocab: 64)
      %s
      }
      train small {
        model = both
        data = recall
        seq = %s tok
        batch = %s * seq
        budget = 4 step
        lr = constant(rate: 1e-2)
        validation_tokens = 64 tok
        sample_tokens = 4 tok
      }
      """;

  @TempDir private Path folder;

  @Test
  void theyGiveTheSameLossesAsAlone() throws IOException {
    List<Double> packed = losses("  packing = whole", 72, 4); // two in each, and 8 empty places
    List<Double> alone = losses("", 32, 8);
    assertThat(packed).hasSize(4);
    for (int step = 0; step < 4; step++) {
      assertThat(packed.get(step)).isCloseTo(alone.get(step), within(ROUNDING));
    }
  }

  private List<Double> losses(String packing, int sequence, int batch) throws IOException {
    Path root = Files.createDirectories(folder.resolve(sequence + "x" + batch));
    var training = new SmallTraining(root);
    Files.writeString(root.resolve("m.swax"), TEXT.formatted(packing, sequence, batch));
    Path run = root.resolve("run");
    var options = SmallTraining.machine("--threads", "1");
    training.train(run, TrainingDevice.of(options, training.console()));
    List<Double> losses = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      var loss = new ObjectMapper().readTree(line).get("loss");
      if (loss != null) {
        losses.add(loss.doubleValue());
      }
    }
    return losses;
  }
}
