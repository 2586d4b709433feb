package dev.swax.cli.command;

import dev.swax.cli.Console;
import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.cli.grid.GridOptions;
import dev.swax.grid.assemble.Assembly;
import dev.swax.grid.plan.Cell;
import dev.swax.grid.plan.Cells;
import dev.swax.grid.plan.GridCells;
import dev.swax.grid.report.ReportIndex;
import dev.swax.grid.report.Reports;
import dev.swax.grid.result.Expectation;
import dev.swax.grid.result.GridResult;
import dev.swax.grid.store.GridFolder;
import dev.swax.runtime.Reasons;
import dev.swax.runtime.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
      "Writes report.html, .md, .csv, .tex and the figures of a grid; of several, a folder for each and index.html over all.",
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
    List<ReportIndex.Item> items = new ArrayList<>();
    for (GridCells grid : chosen.cells().grids()) {
      GridResult result = Assembly.of(grid, chosen.folder());
      write(result, several ? target.resolve(grid.name()) : target);
      items.add(new ReportIndex.Item(result, done(grid, chosen.folder())));
      broken |=
          result.expectations().stream()
              .anyMatch(expected -> expected.verdict() == Expectation.Verdict.NOT_MET);
    }
    ReportIndex.Done all = done(chosen.cells(), chosen.folder());
    if (several) {
      write(new ReportIndex(chosen.cells().name(), items, all), target);
    }
    if (all.cells() < all.of()) {
      host.console()
          .message(
              "%d of %d cells have no result; `swax grid status` says why"
                  .formatted(all.of() - all.cells(), all.of()));
    }
    return broken ? ExitCode.CHECK_FAILED : ExitCode.DONE;
  }

  private static ReportIndex.Done done(Cells cells, GridFolder folder) {
    List<Cell> all = cells.all();
    long done = all.stream().filter(cell -> folder.cell(cell.id()).isFinished()).count();
    return new ReportIndex.Done(done, all.size());
  }

  private void write(ReportIndex index, Path target) {
    try {
      index.write(target);
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
    host.console().result(target.resolve("index.html").toString());
  }

  private void write(GridResult result, Path target) {
    try {
      new Reports(result).write(target);
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
    Console console = host.console();
    result.expectations().forEach(expected -> console.result(expected.sentence()));
    result.notes().forEach(console::result);
    result.missing().forEach(needed -> console.result("missing: " + needed));
    console.result(target.resolve("report.html").toString());
  }

  private static UserError cannotWrite(Path target, IOException e) {
    return new UserError(
        "cannot write the report to %s: %s".formatted(target, Reasons.of(e)), null);
  }
}
