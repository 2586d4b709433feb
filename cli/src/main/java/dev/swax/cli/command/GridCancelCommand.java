package dev.swax.cli.command;

import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.cli.grid.GridOptions;
import dev.swax.grid.plan.Cell;
import dev.swax.grid.slurm.SlurmCancel;
import dev.swax.grid.slurm.SystemCommands;
import dev.swax.grid.store.Owner;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops everything that computes a grid. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Stops what computes a grid: runners, processes of this machine, jobs of Slurm.",
      "They save their work; `swax grid run` continues."
    })
public final class GridCancelCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private final GridOptions options = new GridOptions();

  public GridCancelCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    GridOptions.Chosen chosen = options.choose(host);
    chosen.folder().cancellation().request(); // first, so that no runner starts them again
    int tasks = SlurmCancel.all(chosen.folder(), new SystemCommands(host.environment()));
    Set<Owner> here = new LinkedHashSet<>();
    Set<Owner> elsewhere = new LinkedHashSet<>();
    for (Cell cell : chosen.cells().all()) {
      Optional<Owner> owner = chosen.folder().cell(cell.id()).findOwner();
      owner.ifPresent(found -> (found.process().isPresent() ? here : elsewhere).add(found));
    }
    here.forEach(owner -> owner.process().ifPresent(ProcessHandle::destroy));
    tell("told Slurm to end", tasks, "task");
    tell("told this machine to end", here.size(), "process");
    if (tasks == 0) { // else these are its tasks
      tell("with their runners end, on other machines,", elsewhere.size(), "process");
    }
    if (tasks == 0 && here.isEmpty() && elsewhere.isEmpty()) {
      host.console().result("nothing of the grid is being computed");
    }
    return ExitCode.DONE;
  }

  private void tell(String what, int count, String noun) {
    if (count > 0) {
      String plural = count == 1 ? "" : noun.endsWith("s") ? "es" : "s";
      host.console().result("%s %d %s%s".formatted(what, count, noun, plural));
    }
  }
}
