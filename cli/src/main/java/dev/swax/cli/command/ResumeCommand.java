package dev.swax.cli.command;

import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.cli.run.ContinueRun;
import dev.swax.cli.run.MachineOptions;
import dev.swax.cli.run.SessionOptions;
import dev.swax.runtime.train.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Continues a run. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Continues a run from its newest complete checkpoint, with the same bits or with other"
            + " values.")
public final class ResumeCommand implements Callable<Integer> {
  private final Host host;

  @Parameters(paramLabel = "RUN", description = "the run directory")
  private Path run = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description =
          "go on with another value of the recipe: `--set train.budget=800`; may be repeated")
  private List<String> settings = new ArrayList<>();

  @Mixin private final MachineOptions machine = new MachineOptions();
  @Mixin private final SessionOptions options = new SessionOptions();

  public ResumeCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    host.processes().join();
    machine.check(host);
    Session session = options.session();
    return options.around(host, () -> new ContinueRun(host, run, settings, session).run(machine));
  }
}
