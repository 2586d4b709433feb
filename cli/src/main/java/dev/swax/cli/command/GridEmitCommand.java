package dev.swax.cli.command;

import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.cli.grid.EngineOptions;
import dev.swax.cli.grid.GridOptions;
import dev.swax.cli.grid.Manifest;
import dev.swax.cli.run.RunnerOption;
import dev.swax.grid.kubernetes.IndexedJob;
import dev.swax.grid.launch.ModelCommand;
import dev.swax.grid.plan.Cell;
import dev.swax.grid.slurm.SlurmScript;
import dev.swax.runtime.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what gives a grid to an engine. */
@Command(
    name = "emit",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Prints a job that computes a grid, one model in a task: a script for sbatch, or a manifest",
      "for Kubernetes. Nothing is started."
    })
public final class GridEmitCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private final GridOptions options = new GridOptions();
  @Mixin private final RunnerOption runners = new RunnerOption();
  @Mixin private final EngineOptions engines = new EngineOptions();

  @Option(
      names = "--for",
      required = true,
      paramLabel = "ENGINE",
      description = "${COMPLETION-CANDIDATES}")
  private Manifest manifest = Manifest.SLURM;

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "for Kubernetes: an image with swax")
  private @Nullable String image;

  @Option(
      names = "--claim",
      paramLabel = "NAME",
      description = "for Kubernetes: the PersistentVolumeClaim that has the file and its folder")
  private @Nullable String claim;

  @Option(
      names = "--swax",
      paramLabel = "PATH",
      description = "how swax is started there (default: as here; for Kubernetes, swax)")
  private @Nullable String swax;

  public GridEmitCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    requireOptions();
    GridOptions.Chosen chosen = options.choose(host);
    List<Cell> cells =
        chosen.cells().all().stream().filter(cell -> cell.obstacle() == null).toList();
    List<String> models = cells.stream().map(cell -> cell.trained().id()).distinct().toList();
    if (models.isEmpty()) {
      throw new UserError(
          "no cell of grid %s can run here: %s"
              .formatted(
                  chosen.cells().name(),
                  chosen.cells().all().stream()
                      .findFirst()
                      .map(Cell::obstacle)
                      .orElse("it has none")),
          "`swax grid plan` says what each needs");
    }
    host.console().out().print(text(chosen, cells, models));
    return ExitCode.DONE;
  }

  private void requireOptions() {
    engines.requirePositive();
    if (manifest == Manifest.SLURM) {
      if (image != null || claim != null) {
        throw new UserError(
            "`--image` and `--claim` are only for Kubernetes", "`--for kubernetes`");
      }
      return;
    }
    engines.requireNoSlurm();
    if (image == null || claim == null) {
      throw new UserError(
          "a job of Kubernetes needs an image with swax and a volume with the file and its folder",
          "`--image registry/swax:0.1 --claim NAME`, where NAME is a PersistentVolumeClaim");
    }
  }

  private String text(GridOptions.Chosen chosen, List<Cell> cells, List<String> models) {
    List<String> arguments = new ArrayList<>(chosen.arguments());
    arguments.addAll(runners.arguments());
    String grid = chosen.cells().name();
    if (manifest == Manifest.SLURM) {
      String own = swax == null ? EngineOptions.launcherScript(host) : swax;
      String job = "swax-" + grid;
      return new SlurmScript(
              job,
              chosen.folder().jobs().path().resolve(job),
              chosen.folder(),
              engines.command(host, arguments, own),
              engines.request(host, chosen, cells))
          .of(models);
    }
    ModelCommand command = engines.command(host, arguments, swax == null ? "swax" : swax);
    return new IndexedJob(
            grid,
            command,
            String.valueOf(image),
            String.valueOf(claim),
            volume(chosen, command.folder()),
            engines.tasks() == 0 ? models.size() : engines.tasks(),
            engines.cpus(),
            engines.mebibytes(host, cells))
        .of(models);
  }

  /** Where the volume is mounted: the folder of the file, which has to hold that of the grid. */
  private Path volume(GridOptions.Chosen chosen, Path folder) {
    Path volume = folder.resolve(options.file().name()).resolveSibling(".").normalize();
    if (!chosen.folder().path().startsWith(volume)) {
      throw new UserError(
          "the folder of the grid, %s, is not below that of the file, %s: one volume is to have both"
              .formatted(chosen.folder().path(), volume),
          "leave `--dir` out, or name a folder below");
    }
    return volume;
  }
}
