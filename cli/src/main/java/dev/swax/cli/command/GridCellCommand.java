package dev.swax.cli.command;

import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.cli.grid.GridOptions;
import dev.swax.cli.run.ComputeCell;
import dev.swax.cli.run.MachineOptions;
import dev.swax.grid.plan.Cell;
import dev.swax.runtime.UserError;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Computes one cell; {@code grid run} starts it. */
@Command(
    name = "cell",
    hidden = true,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Computes one cell of a grid.")
public final class GridCellCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private final GridOptions options = new GridOptions();
  @Mixin private final MachineOptions machine = new MachineOptions();

  @Option(names = "--cell", required = true, paramLabel = "ID", description = "which cell")
  private String id = "";

  public GridCellCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    machine.check(host);
    GridOptions.Chosen chosen = options.choose(host);
    Cell cell =
        chosen
            .cells()
            .find(id)
            .orElseThrow(() ->
                new UserError(
                    "grid %s of %s has no cell %s: the file, its imports or its data have changed"
                        .formatted(chosen.grid().name(), options.file().name(), id),
                    "`swax grid run` again"));
    return new ComputeCell(
            host,
            options.file().input(),
            chosen.grid().name(),
            each -> chosen.folder().cell(each.id()))
        .run(cell, machine);
  }
}
