package dev.swax.cli.command;

import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.cli.grid.GridOptions;
import dev.swax.cli.run.ComputeCell;
import dev.swax.cli.run.ComputeModel;
import dev.swax.cli.run.MachineOptions;
import dev.swax.cli.run.RunnerOption;
import dev.swax.grid.plan.Cell;
import dev.swax.runtime.UserError;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Computes cells; {@code grid run} starts it. */
@Command(
    name = "cell",
    hidden = true,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Computes cells of a grid that have one model.")
public final class GridCellCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private final GridOptions options = new GridOptions();
  @Mixin private final MachineOptions machine = new MachineOptions();
  @Mixin private final RunnerOption runners = new RunnerOption();

  @Option(names = "--cell", paramLabel = "ID", description = "which cells, in order")
  private List<String> ids = List.of();

  @Option(
      names = "--model",
      paramLabel = "ID",
      description = "a training and the measures of its model, waiting for those who have them")
  private @Nullable String model;

  public GridCellCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    machine.checkProcessor(host);
    GridOptions.Chosen chosen = options.choose(host);
    BooleanSupplier stop = host.stop().get();
    var compute =
        new ComputeCell(
            host,
            options.file().input(),
            chosen.cells(),
            cell -> chosen.folder().cell(cell.id()),
            machine,
            runners,
            stop);
    return model == null
        ? compute.run(ids.stream().map(id -> find(chosen, id)).toList())
        : new ComputeModel(compute, chosen.cells(), find(chosen, model).trained(), stop).run();
  }

  private Cell find(GridOptions.Chosen chosen, String id) {
    return chosen
        .cells()
        .find(id)
        .orElseThrow(() ->
            new UserError(
                "grid %s of %s has no cell %s: the file, its imports or its data have changed"
                    .formatted(chosen.cells().name(), options.file().name(), id),
                "`swax grid run` again"));
  }
}
