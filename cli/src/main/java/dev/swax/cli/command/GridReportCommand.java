package dev.swax.cli.command;

import dev.swax.cli.Console;
import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.cli.grid.GridOptions;
import dev.swax.grid.assemble.Assembly;
import dev.swax.grid.plan.GridCells;
import dev.swax.grid.report.Reports;
import dev.swax.grid.result.Expectation;
import dev.swax.grid.result.GridResult;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes what is known of a grid. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Writes report.html, .md, .csv, .tex and the figures of a grid; of several, a folder for each.",
      "It does not train or measure; missing results are shown as missing.",
      "The exit code is 1 if an expectation of the grid is not met."
    })
public final class GridReportCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private final GridOptions options = new GridOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "folder of the report (default: report in the folder of the grid)")
  private @Nullable Path out;

  public GridReportCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    GridOptions.Chosen chosen = options.choose(host);
    Path own = out;
    Path target =
        own == null ? chosen.folder().path().resolve("report") : host.folder().resolve(own);
    boolean several = chosen.cells().grids().size() > 1;
    boolean broken = false;
    for (GridCells grid : chosen.cells().grids()) {
      GridResult result = Assembly.of(grid, chosen.folder());
      write(result, several ? target.resolve(grid.name()) : target);
      broken |=
          result.expectations().stream()
              .anyMatch(expected -> expected.verdict() == Expectation.Verdict.NOT_MET);
    }
    long all = chosen.cells().all().size();
    long left =
        chosen.cells().all().stream()
            .filter(cell -> !chosen.folder().cell(cell.id()).isFinished())
            .count();
    if (left > 0) {
      host.console()
          .message(
              "%d of %d cells have no result; `swax grid status` says why".formatted(left, all));
    }
    return broken ? ExitCode.CHECK_FAILED : ExitCode.DONE;
  }

  private void write(GridResult result, Path target) {
    try {
      new Reports(result).write(target);
    } catch (IOException e) {
      throw new UserError(
          "cannot write the report to %s: %s".formatted(target, Reasons.of(e)), null);
    }
    Console console = host.console();
    result.expectations().forEach(expected -> console.result(expected.sentence()));
    result.notes().forEach(console::result);
    result.missing().forEach(needed -> console.result("missing: " + needed));
    console.result(target.resolve("report.html").toString());
  }
}
