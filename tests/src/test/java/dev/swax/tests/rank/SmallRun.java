package dev.swax.tests.rank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swax.cli.Console;
import dev.swax.cli.Host;
import dev.swax.cli.Swax;
import dev.swax.runtime.train.RunDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A training of four steps with eight lanes: a memory, a window that is drawn, and experts; Muon
 * and AdamW; a mixture of whole documents and a task.
 */
final class SmallRun {
  private static final String FILE =
      """
      edition 1
      import "std/models"
      window drawn = sample per batch { 4: 50%, 16: rest } until 90% then 16
      data text {
        files = ["*.txt"]
        held_out = 40%
        packing = whole
      }
      data recall {
        task = copying(length: 16, items: 4, vocab: 8)
      }
      data both {
        mix = [share(text, 60%), share(recall, 40%)]
      }
      model hybrid = swax with {
        width = 32
        blocks = 2
        heads = 2
        window = drawn
        ffn = moe(swiglu(hidden: 32), experts: 4, active: 2, balance: 0.01)
      }
      train main {
        model = hybrid
        data = both
        seq = 16 tok
        batch = 16 * seq
        micro_batch = seq
        lanes = 8
        budget = 4 step
        lr = constant(1e-2)
        optim = muon(clip: 0.1)
        validation_tokens = 256 tok
        sample_tokens = 4 tok
      }
      """;

  private SmallRun() {}

  /** Writes {@code m.swax} and its text. */
  static void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("m.swax"), FILE);
    for (int i = 0; i < 6; i++) {
      Files.writeString(
          folder.resolve(i + ".txt"), "text number %d of six, ".formatted(i).repeat(20 + i));
    }
  }

  /** Runs a command line, behind the name of its class, in this process. */
  static void inThisProcess(Path folder, String... arguments) {
    var bytes = new ByteArrayOutputStream();
    var stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    var host =
        new Host(
            new Console(stream, stream, false, false, false), folder, Map.of(), () -> () -> false);
    List<String> all = List.of(arguments);
    int code = new Swax(host).run(all.subList(1, all.size()));
    assertThat(code).as(bytes.toString(StandardCharsets.UTF_8)).isZero();
  }

  /** Those of the files of the last checkpoint. */
  static List<Integer> hashes(Path run) throws IOException {
    return hashes(run, 4);
  }

  /** Those of the files of the checkpoint of a step. */
  static List<Integer> hashes(Path run, long step) throws IOException {
    List<Integer> hashes = new ArrayList<>();
    for (String name : List.of("model.safetensors", "optim.safetensors", "state.json")) {
      Path file = RunDirectory.checkpoints(run, 1).path(step).resolve(name);
      hashes.add(Arrays.hashCode(Files.readAllBytes(file)));
    }
    return hashes;
  }
}
