package dev.swax.cli.command;

import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.cli.grid.GridOptions;
import dev.swax.cli.grid.PlanJson;
import dev.swax.cli.grid.PlanText;
import dev.swax.grid.plan.Cell;
import dev.swax.grid.plan.CellState;
import dev.swax.grid.plan.CellStates;
import dev.swax.grid.plan.Speed;
import dev.swax.grid.slurm.SlurmStates;
import dev.swax.grid.slurm.SystemCommands;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints where a grid stands. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Prints how many cells are done, and each that runs, has failed or is stale.")
public final class GridStatusCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private final GridOptions options = new GridOptions();

  public GridStatusCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    GridOptions.Chosen chosen = options.choose(host);
    var states = new CellStates(chosen.folder(), chosen.cells());
    SequencedMap<Cell, CellState> here = new LinkedHashMap<>();
    chosen.cells().all().forEach(cell -> here.put(cell, states.of(cell)));
    var slurm = new SlurmStates(chosen.folder(), new SystemCommands(host.environment()));
    slurm
        .trouble()
        .ifPresent(trouble ->
            host.console()
                .message("jobs of Slurm are not shown, since it does not answer: " + trouble));
    SequencedMap<Cell, CellState> found = slurm.join(here);
    host.console()
        .out()
        .print(
            options.json()
                ? PlanJson.render(chosen.cells(), found, Speed.measured(chosen.folder()))
                : PlanText.status(found));
    return ExitCode.DONE;
  }
}
