package dev.swax.cli.command;

import dev.swax.cli.Host;
import dev.swax.cli.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Verbs of grids. */
@Command(
    name = "grid",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "VERB",
    description = "Plans, runs and reports the grids of a file.",
    commandListHeading = "%nVerbs:%n")
public final class GridCommand implements Runnable {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  /** The verb with its own verbs. */
  public static CommandLine with(Host host) {
    return new CommandLine(new GridCommand())
        .addSubcommand(new GridPlanCommand(host))
        .addSubcommand(new GridRunCommand(host))
        .addSubcommand(new GridStatusCommand(host))
        .addSubcommand(new GridCancelCommand(host))
        .addSubcommand(new GridEmitCommand(host))
        .addSubcommand(new GridReportCommand(host))
        .addSubcommand(new GridCellCommand(host));
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
