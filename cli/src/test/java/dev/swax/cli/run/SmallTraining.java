package dev.swax.cli.run;

import dev.swax.cli.Console;
import dev.swax.cli.Host;
import dev.swax.cli.input.Input;
import dev.swax.cli.input.Selection;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.runtime.train.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;

/** A small model and a little text in a folder, started and continued as the verbs do. */
final class SmallTraining {
  private static final String TEXT =
      """
      edition 1
      import "std/models"
      data text { files = ["text/*.txt"] held_out = 20% }
      train small {
        model = swa_only(width: 32, blocks: 1, window: 8)
        data = text
        seq = 32 tok
        batch = 64 tok
        micro_batch = 64 tok
        budget = 2 step
        lr = constant(rate: 1e-2)
        validation_tokens = 64 tok
        sample_tokens = 4 tok
      }
      """;

  private final Path folder;
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  SmallTraining(Path folder) throws IOException {
    this.folder = folder;
    writeText("window");
    Files.writeString(folder.resolve("m.swax"), TEXT);
  }

  /** Text that says the word many times. */
  void writeText(String word) throws IOException {
    Path text = Files.createDirectories(folder.resolve("text"));
    for (int i = 0; i < 8; i++) {
      Files.writeString(text.resolve(i + ".txt"), "%s %d memory ".formatted(word, i).repeat(20));
    }
  }

  Path run() {
    return folder.resolve("runs/m");
  }

  /** Everything that was printed. */
  String told() {
    return told.toString(StandardCharsets.UTF_8);
  }

  Console console() {
    var stream = new PrintStream(told, true, StandardCharsets.UTF_8);
    return new Console(stream, stream, false, false, false);
  }

  private Host host(BooleanSupplier stop) {
    return new Host(console(), folder, Map.of(), () -> stop);
  }

  private Input input(String... settings) {
    Path file = folder.resolve("m.swax");
    return new Input(Input.read(file, false), null, List.of(settings), false);
  }

  TrainPlan plan(String... settings) {
    return Selection.train(input(settings).analyze(console()), "m.swax", null);
  }

  /** Begins a run; returns the exit code. */
  int start(TrainingDevice device, BooleanSupplier stop, String... options) {
    return new StartRun(host(stop), input(), plan(), Session.PLAIN)
        .run(null, machine(options), device);
  }

  /** Begins a run in that folder. */
  int startIn(Path run, TrainingDevice device, String... options) {
    return new StartRun(host(() -> false), input(), plan(), Session.PLAIN)
        .run(run, machine(options), device);
  }

  /** Trains with settings, in that folder. */
  int train(Path run, TrainingDevice device, String... settings) {
    return new StartRun(host(() -> false), input(settings), plan(settings), Session.PLAIN)
        .run(run, machine("--threads", "1"), device);
  }

  /** Continues it. */
  int resume(TrainingDevice device, String... options) {
    return new ContinueRun(host(() -> false), run(), List.of(), Session.PLAIN)
        .run(machine(options), device);
  }

  /** Continues it with other values until it is stopped. */
  int resumeWith(BooleanSupplier stop, String... settings) {
    MachineOptions options = machine("--threads", "1");
    return new ContinueRun(host(stop), run(), List.of(settings), Session.PLAIN)
        .run(options, TrainingDevice.of(options, console()));
  }

  static MachineOptions machine(String... options) {
    return CommandLine.populateCommand(new MachineOptions(), options);
  }
}
