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
    SequencedMap<Cell, CellState> found = new LinkedHashMap<>();
    chosen.cells().all().forEach(cell -> found.put(cell, states.of(cell)));
    host.console()
        .out()
        .print(
            options.json()
                ? PlanJson.render(chosen.cells(), found, Speed.measured(chosen.folder()))
                : PlanText.status(found));
    return ExitCode.DONE;
  }
}
