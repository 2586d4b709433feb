package dev.swax.cli.run;

import dev.swax.cli.Console;
import dev.swax.cli.Host;
import dev.swax.compiler.Lowering;
import dev.swax.compiler.model.DataPlan;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.UserError;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.train.RunDirectory;
import dev.swax.runtime.train.RunFiles;
import dev.swax.runtime.train.TrainingData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Continues a run: with the same program, recipe and text, so with the same bits. */
public final class ContinueRun {
  private final Host host;
  private final Path path;
  private final @Nullable DataPlan data;

  public ContinueRun(Host host, Path path) {
    this(host, path, null);
  }

  /** {@code data}: where what the run is trained on lies now; null where it did then. */
  ContinueRun(Host host, Path path, @Nullable DataPlan data) {
    this.host = host;
    this.path = path;
    this.data = data;
  }

  /** Trains to the end, or until a signal; returns the exit code. */
  public int run(MachineOptions machine) {
    return run(machine, TrainingDevice.of(machine, host.console()));
  }

  int run(MachineOptions machine, TrainingDevice device) {
    Console console = host.console();
    SavedRun saved =
        data == null ? SavedRun.readWithText(path, console) : SavedRun.read(path, console);
    requireSameRecipe(saved);
    requireSameProgram(saved);
    TrainingProgram program = device.fit(saved.plan(), Lowering.of(saved.model()).plan());
    TrainingData text =
        Plans.trainingData(
            data == null ? Plans.data(saved.plan()) : data,
            saved.plan().recipe().sequence(),
            Loading.of(host));
    BooleanSupplier stop = host.stop().get();
    try (RunDirectory run = RunDirectory.open(path);
        Kernels kernels = machine.kernels()) {
      run.requireSameData(text);
      return new Training(host, saved.plan(), saved.code(), text, program)
          .run(() -> continued(run, machine.describeDevice()), kernels, stop)
          .exitCode();
    }
  }

  private RunDirectory continued(RunDirectory run, String device) {
    String before = run.manifest().device();
    if (!before.endsWith(device)) {
      host.console().message("so far on %s; goes on with %s".formatted(before, device));
    }
    run.continueOn(device);
    return run;
  }

  private void requireSameRecipe(SavedRun saved) {
    SequencedMap<String, String> then = RunFiles.of(path).config();
    for (Map.Entry<String, String> now : saved.plan().recipe().describe().entrySet()) {
      String before = then.getOrDefault(now.getKey(), "not set");
      if (!before.equals(now.getValue())) {
        throw changed("`%s` was %s, is %s".formatted(now.getKey(), before, now.getValue()));
      }
    }
  }

  private void requireSameProgram(SavedRun saved) {
    Path source = path.resolve("src").resolve(Plans.sourcePath(saved.model()));
    try {
      if (!RegularFile.text(source).equals(saved.code().source())) {
        throw changed("the generated program differs from " + source);
      }
    } catch (IOException e) {
      throw new UserError("cannot read `%s`: %s".formatted(source, Reasons.of(e)), null);
    }
  }

  private UserError changed(String what) {
    return new UserError(
        "the run cannot go on with the same bits: " + what,
        "swax has changed since the run began; use the older swax, or delete %s and train again"
            .formatted(path));
  }
}
