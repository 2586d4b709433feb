package dev.swax.cli.command;

import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.cli.input.FileOptions;
import dev.swax.cli.input.Input;
import dev.swax.cli.input.Selection;
import dev.swax.cli.run.MachineOptions;
import dev.swax.cli.run.SessionOptions;
import dev.swax.cli.run.StartRun;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.diagnostic.Diagnostics;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.runtime.UserError;
import dev.swax.runtime.train.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a model. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Trains the model of a train block, in a new run directory.")
public final class TrainCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private final FileOptions file = new FileOptions();
  @Mixin private final MachineOptions machine = new MachineOptions();
  @Mixin private final SessionOptions options = new SessionOptions();

  @Option(
      names = "--train",
      paramLabel = "NAME",
      description = "which train block, if the file has several")
  private @Nullable String train;

  @Option(names = "--model", paramLabel = "NAME", description = "train this model instead")
  private @Nullable String model;

  @Option(names = "--seed", paramLabel = "N", description = "the same as --set train.seed=N")
  private @Nullable Long seed;

  @Option(
      names = "--run-dir",
      paramLabel = "DIR",
      description = "folder of the run (default: runs/FILE)")
  private @Nullable Path folder;

  public TrainCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    host.processes().join();
    machine.check(host);
    Session session = options.session();
    return options.around(host, () -> train(session));
  }

  private int train(Session session) {
    Input input = file.input();
    if (model != null) {
      input = input.with("--model", "train.model=" + model);
    }
    if (seed != null) {
      if (seed < 0) {
        throw new UserError(
            "`--seed` is %d, but a whole number of 0 or more is expected".formatted(seed), null);
      }
      input = input.with("--seed", "train.seed=" + seed);
    }
    Analysis analysis = input.analyzeForTraining(host.console());
    TrainPlan plan = Selection.train(analysis, file.name(), train);
    input.requireReached(analysis, List.of("train " + plan.name()));
    if (model != null) { // whose place is in the generated program, which `resume` compares
      input = input.asKept();
      Analysis kept = input.findAnalysis(new Diagnostics()).orElseThrow();
      plan = Selection.train(kept, file.name(), train);
    }
    return new StartRun(host, input, plan, session).run(folder, machine);
  }
}
