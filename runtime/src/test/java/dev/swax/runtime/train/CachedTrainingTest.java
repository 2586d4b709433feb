package dev.swax.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.runtime.data.CachedCorpus;
import dev.swax.runtime.data.Caching;
import dev.swax.runtime.data.LoadListener;
import dev.swax.runtime.data.Split;
import dev.swax.runtime.data.TextLoader;
import dev.swax.runtime.data.TextSource;
import dev.swax.runtime.testing.BagProgram;
import dev.swax.runtime.testing.Runs;
import dev.swax.runtime.token.ByteTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training on tokens that lie in files. */
class CachedTrainingTest {
  private static final TextSource SOURCE = new TextSource(List.of("sums.jsonl"), List.of(), 0.2);

  @TempDir Path folder = Path.of("");

  /**
   * Memory and cache, in either order, are the same text: a run may be continued from the other.
   */
  @Test
  void hasTheSameBitsAlsoAfterAStop() throws IOException {
    var lines = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      lines.append(
          "{\"text\": \"%d + %d = %d\\n%1$d * 1 = %1$d\"}\n".formatted(i, i * i, i + i * i));
    }
    Files.writeString(folder.resolve("sums.jsonl"), lines);
    Path whole = folder.resolve("whole");
    train(whole, new TextLoader(folder), () -> false);
    int[] asked = {0};
    Path run = folder.resolve("run");
    train(run, cached(), () -> asked[0]++ >= 17);
    train(run, cached(), () -> false);
    assertThat(Runs.file(run, Runs.STEPS, "model.safetensors"))
        .isEqualTo(Runs.file(whole, Runs.STEPS, "model.safetensors"));
    assertThat(cached().load(SOURCE, ByteTokenizer.BYTES).training())
        .isInstanceOf(CachedCorpus.class);
  }

  private TextLoader cached() {
    return new TextLoader(
        folder, new Caching(folder.resolve("cache"), 0, 1 << 20, 2, LoadListener.NONE));
  }

  private static void train(Path run, TextLoader loader, BooleanSupplier stop) {
    Split text = loader.load(SOURCE, ByteTokenizer.BYTES);
    try (RunDirectory directory = Runs.directory(run, text)) {
      new Trainer(Runs.job(Runs.recipe(), BagProgram.create(2, 16), directory, text, stop)).run();
    }
  }
}
