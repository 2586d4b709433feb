package dev.swax.cli.command;

import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.cli.run.EvaluateRun;
import dev.swax.cli.run.MachineOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Scores a trained model. */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Scores a trained model on text of any length.",
      "A file is walked in segments with its state carried on, so memory does not grow with it."
    })
public final class EvaluateCommand implements Callable<Integer> {
  private final Host host;

  @Parameters(paramLabel = "RUN", description = "the run directory")
  private Path run = Path.of("");

  @Mixin private final MachineOptions machine = new MachineOptions();

  @Option(
      names = "--data",
      arity = "1..*",
      paramLabel = "PATTERN",
      description = "files, globs or `a.jar!**` (default: the run's validation text)")
  private List<String> data = List.of();

  @Option(
      names = "--window",
      paramLabel = "N",
      description = "keys of every window, the current token included (default: as trained)")
  private @Nullable Integer window;

  @Option(names = "--segment", paramLabel = "N", description = "tokens of one step of the walk")
  private @Nullable Integer segment;

  @Option(names = "--json", description = "the result as one JSON object")
  private boolean json;

  public EvaluateCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    machine.check(host);
    new EvaluateRun(host, run, data, window, segment, json).run(machine);
    return ExitCode.DONE;
  }
}
