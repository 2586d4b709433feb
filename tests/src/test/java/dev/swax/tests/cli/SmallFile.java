package dev.swax.tests.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** A small hybrid and a little text for it, which trains in a second or two. */
final class SmallFile {
  private static final String TEXT =
      """
      edition 1
      import "std/models"
      window drawn = sample per batch { 8: 50%%, 64: rest } until 90%% then 64
      data text {
        files = ["text/*.txt"]
        held_out = 20%%
      }
      train small {
        model = %s(width: 32, blocks: 2, window: drawn)
        data = text
        seq = 64 tok
        batch = 256 tok
        budget = %d step
        lr = constant(rate: 1e-2)
        validation_tokens = 512 tok
        checkpoint_every = 20 step
        sample_tokens = 8 tok
      }
      """;
  private static final List<String> WORDS =
      List.of("window", "memory", "word", "token", "layer", "state");

  private SmallFile() {}

  /** Writes {@code m.swax} with a training of so many steps, and its text. */
  static Path write(Path folder, int steps) throws IOException {
    return write(folder, "swax", steps);
  }

  /**
   * The same for processes of their own, which compile all kernels anew: it has attention alone.
   */
  static Path writeForProcesses(Path folder, int steps) throws IOException {
    return write(folder, "swa_only", steps);
  }

  private static Path write(Path folder, String model, int steps) throws IOException {
    writeText(folder.resolve("text"));
    return Files.writeString(folder.resolve("m.swax"), TEXT.formatted(model, steps));
  }

  private static void writeText(Path folder) throws IOException {
    var random = new SplittableRandom(5);
    Files.createDirectories(folder);
    for (int i = 0; i < 12; i++) {
      var line = new StringBuilder();
      for (int word = 0; word < 300; word++) {
        line.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
      }
      Files.writeString(folder.resolve(i + ".txt"), line);
    }
  }

  /** A file of the run's checkpoint after a step. */
  static Path checkpoint(Path run, int step, String file) {
    return run.resolve("checkpoints").resolve("%08d".formatted(step)).resolve(file);
  }
}
