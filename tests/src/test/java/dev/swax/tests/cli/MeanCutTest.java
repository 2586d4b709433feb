package dev.swax.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of whose model a pathway is replaced by its mean. */
class MeanCutTest {
  private static final String FILE =
      """
      edition 1
      import "std/cells"
      import "std/models"
      model hybrid = swax(width: 16, blocks: 2, heads: 2, vocab: 64, window: 4) with {
        memory = mlstm(heads: 1)
      }
      data pairs { task = mqar(length: 32, pairs: 2, vocab: 64) }
      train main {
        model = hybrid
        data = pairs
        seq = 32 tok
        batch = 64 tok
        budget = 2 step
        lr = constant(rate: 1e-2)
      }
      """;

  @TempDir Path folder = Path.of("");

  @Test
  void whatStandsInItsPlaceIsTakenFromTheTraining() throws IOException {
    Files.writeString(folder.resolve("m.swax"), FILE);
    Run trained = swax("train", "m.swax", "--run-dir", "run");
    assertThat(trained.code()).as(trained.err()).isZero();
    Run mean = swax("eval", "run", "--task", "pairs", "--cut", "memory=mean");
    assertThat(mean.code()).as(mean.err()).isZero();
    assertThat(mean.err())
        .contains("the mean of memory is that over the first 1,024 tokens of its training");
    assertThat(mean.out()).contains("accuracy");
    swax("eval", "run", "--task", "pairs", "--cut", "attention=mean")
        .isRefused("`hybrid` has no attention without a window to cut, only memory and window");
    swax("eval", "run", "--task", "pairs", "--cut", "memory=median")
        .isRefused("`--cut` expects `memory`", "but this is `memory=median`");
    swax("eval", "run", "--task", "pairs", "--cut", "layers=mean")
        .isRefused("`--cut` expects `memory`", "but this is `layers=mean`");
  }

  private Run swax(String... arguments) {
    return Run.in(folder, arguments);
  }
}
