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
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what a grid needs. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Lists the cells of a grid: done, to run, or stale and why, and what they cost.")
public final class GridPlanCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private final GridOptions options = new GridOptions();

  @Option(
      names = "--flops",
      paramLabel = "RATE",
      description = "operations per second of one process, for the estimate (default: measured)")
  private @Nullable Double flops;

  @Option(names = "--jobs", paramLabel = "N", description = "cells at a time, for the estimate")
  private int jobs = 1;

  public GridPlanCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    GridOptions.Chosen chosen = options.choose(host);
    var states = new CellStates(chosen.folder(), chosen.cells());
    SequencedMap<Cell, CellState> found = new LinkedHashMap<>();
    chosen.cells().all().forEach(cell -> found.put(cell, states.of(cell)));
    Optional<Speed> speed =
        flops == null
            ? Speed.measured(chosen.folder())
            : Optional.of(Speed.stated(GridOptions.rate(flops)));
    host.console()
        .out()
        .print(
            options.json()
                ? PlanJson.render(chosen.cells(), found, speed)
                : PlanText.render(chosen.cells(), found, speed, Math.max(1, jobs)));
    return ExitCode.DONE;
  }
}
