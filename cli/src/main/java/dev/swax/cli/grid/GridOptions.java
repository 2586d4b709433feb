package dev.swax.cli.grid;

import dev.swax.cli.Host;
import dev.swax.cli.input.FileOptions;
import dev.swax.cli.input.Selection;
import dev.swax.cli.run.Loading;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.model.grid.GridPlan;
import dev.swax.grid.plan.Contents;
import dev.swax.grid.plan.GridCells;
import dev.swax.grid.plan.Planner;
import dev.swax.grid.store.GridFolder;
import dev.swax.runtime.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every verb of grids. */
public final class GridOptions {
  @Mixin private final FileOptions file = new FileOptions();

  @Option(
      names = "--grid",
      paramLabel = "NAME",
      description = "which grid, if the file has several")
  private @Nullable String name;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "folder of the grid (default: grids/NAME beside the file)")
  private @Nullable Path folder;

  /**
   * A grid of a file with its cells.
   *
   * @param arguments that name the same grid to another process
   */
  public record Chosen(GridPlan grid, GridCells cells, GridFolder folder, List<String> arguments) {
    public Chosen {
      arguments = List.copyOf(arguments);
    }
  }

  public boolean json() {
    return file.json();
  }

  public FileOptions file() {
    return file;
  }

  /** Reads the file and plans its grid. */
  public Chosen choose(Host host) {
    Analysis analysis = file.input().analyzeForTraining(host.console());
    GridPlan grid = Selection.grid(analysis, file.name(), name);
    file.input().requireReached(analysis, "grid " + grid.name());
    GridFolder place = folder(grid, host);
    return new Chosen(
        grid,
        Planner.plan(grid, new Contents(Loading.of(host))),
        place,
        arguments(grid, place, host));
  }

  private GridFolder folder(GridPlan grid, Host host) {
    Path base = host.folder().toAbsolutePath();
    Path own = folder;
    Path path =
        own == null
            ? base.resolve(file.name()).resolveSibling("grids").resolve(grid.name())
            : base.resolve(own);
    return new GridFolder(path.normalize());
  }

  private List<String> arguments(GridPlan grid, GridFolder place, Host host) {
    List<String> arguments = new ArrayList<>();
    arguments.add(host.folder().resolve(file.name()).toString());
    arguments.addAll(List.of("--grid", grid.name(), "--dir", place.path().toString()));
    String profile = file.profile();
    if (profile != null) {
      arguments.addAll(List.of("--profile", profile));
    }
    for (String setting : file.input().settings()) {
      arguments.addAll(List.of("--set", setting));
    }
    return arguments;
  }

  /** A number of operations per second as typed. */
  public static double rate(double flops) {
    if (!(flops > 0) || Double.isInfinite(flops)) {
      throw new UserError(
          "`--flops` is %s, but a number above 0 is expected".formatted(flops), null);
    }
    return flops;
  }
}
