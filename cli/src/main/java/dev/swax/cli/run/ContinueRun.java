package dev.swax.cli.run;

import dev.swax.cli.Console;
import dev.swax.cli.Host;
import dev.swax.cli.Processes;
import dev.swax.compiler.Lowering;
import dev.swax.compiler.model.DataPlan;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.RegularFile;
import dev.swax.runtime.UserError;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.train.RunDirectory;
import dev.swax.runtime.train.RunFiles;
import dev.swax.runtime.train.Session;
import dev.swax.runtime.train.TrainingData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Continues a run: with the same program, recipe and text, so with the same bits. Settings change
 * its recipe from here on; what else there is stays as it was.
 */
public final class ContinueRun {
  private final Host host;
  private final Path path;
  private final @Nullable DataPlan data;
  private final List<String> settings;
  private final Session session;

  /** {@code settings}: as typed; none to go on as before. */
  public ContinueRun(Host host, Path path, List<String> settings, Session session) {
    this(host, path, null, settings, session);
  }

  /** {@code data}: where what the run is trained on lies now; null where it did then. */
  ContinueRun(Host host, Path path, @Nullable DataPlan data) {
    this(host, path, data, List.of(), Session.PLAIN);
  }

  private ContinueRun(
      Host host, Path path, @Nullable DataPlan data, List<String> settings, Session session) {
    this.session = session;
    this.host = host;
    this.path = path;
    this.data = data;
    this.settings = List.copyOf(settings);
  }

  /** Trains to the end, or until a signal; returns the exit code. */
  public int run(MachineOptions machine) {
    return run(machine, TrainingDevice.of(machine, host));
  }

  int run(MachineOptions machine, TrainingDevice device) {
    Console console = host.console();
    SavedRun before =
        data == null ? SavedRun.readWithText(path, console) : SavedRun.read(path, console);
    if (before.isImported()) {
      throw new UserError(
          "%s has imported weights, and was not trained".formatted(path),
          "`swax train %s` goes on from them".formatted(Origin.place(path).file()));
    }
    boolean asBegun = RunFiles.of(path).changes().isEmpty();
    TrainPlan begun = asBegun ? before.plan() : SavedRun.begun(path);
    requireSameRecipe(begun);
    requireSameProgram(begun);
    SavedRun saved = settings.isEmpty() ? before : before.with(settings, console);
    Optional<RecipeChange> change =
        settings.isEmpty()
            ? Optional.empty()
            : Optional.of(RecipeChange.of(path, before.plan(), saved.plan(), settings));
    Processes processes = host.processes();
    Lanes.require(saved.plan().recipe(), processes.ranks(), machine.device());
    TrainingProgram program = device.fit(saved.plan(), Lowering.of(saved.model()).plan());
    TrainingData text =
        Plans.trainingData(
            data == null ? Plans.data(saved.plan()) : data,
            saved.plan().recipe().sequence(),
            Loading.of(host));
    BooleanSupplier stop = host.stop().get();
    try (RunDirectory run =
            processes.ranks().leads() ? RunDirectory.open(path) : RunDirectory.join(path);
        Kernels kernels = machine.kernels()) {
      run.requireSameData(text);
      SequencedMap<String, String> facts = Lanes.facts(saved.plan(), saved.code(), text);
      facts.putFirst("the run directory", path.toAbsolutePath().normalize().toString());
      processes.agree(facts);
      processes.requireShared(path);
      return new Training(host, saved.plan(), saved.code(), text, program, session)
          .run(() -> continued(run, machine.describeDevice(), change), kernels, stop)
          .exitCode();
    }
  }

  private RunDirectory continued(RunDirectory run, String device, Optional<RecipeChange> change) {
    if (!host.processes().ranks().leads()) {
      return run;
    }
    String before = run.manifest().device();
    if (!before.endsWith(device)) {
      host.console().message("so far on %s; goes on with %s".formatted(before, device));
    }
    change.ifPresent(found -> found.lines().forEach(host.console()::message));
    run.continueOn(device, change.map(RecipeChange::noted));
    return run;
  }

  private void requireSameRecipe(TrainPlan begun) {
    SequencedMap<String, String> then = RunFiles.of(path).config();
    for (Map.Entry<String, String> now : begun.recipe().describe().entrySet()) {
      String before = then.getOrDefault(now.getKey(), "not set");
      if (!before.equals(now.getValue())) {
        throw changed("`%s` was %s, is %s".formatted(now.getKey(), before, now.getValue()));
      }
    }
  }

  private void requireSameProgram(TrainPlan begun) {
    Path source = path.resolve("src").resolve(Plans.sourcePath(Plans.architecture(begun)));
    try {
      if (!RegularFile.text(source).equals(Plans.source(begun))) {
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
