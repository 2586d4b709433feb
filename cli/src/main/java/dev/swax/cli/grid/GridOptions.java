package dev.swax.cli.grid;

import dev.swax.cli.Host;
import dev.swax.cli.input.FileOptions;
import dev.swax.cli.input.Input;
import dev.swax.cli.input.Selection;
import dev.swax.cli.run.Loading;
import dev.swax.compiler.analyze.Analysis;
import dev.swax.compiler.model.grid.GridPlan;
import dev.swax.grid.plan.Cells;
import dev.swax.grid.plan.Contents;
import dev.swax.grid.plan.GridCells;
import dev.swax.grid.plan.GridSet;
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
      description = "one grid of several (default: all of the file)")
  private @Nullable String name;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "folder of the grid (default: grids/NAME beside the file; of several, grids/FILE)")
  private @Nullable Path folder;

  /**
   * A grid of a file, or all of its grids, with the cells.
   *
   * @param arguments that name the same to another process
   */
  public record Chosen(Cells cells, GridFolder folder, List<String> arguments) {
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

  /** Reads the file and plans the chosen grid, or all. */
  public Chosen choose(Host host) {
    Input input = file.input();
    Analysis analysis = input.analyzeForTraining(host.console());
    List<GridPlan> grids = Selection.grids(analysis, file.name(), name);
    input.requireReached(analysis, grids.stream().map(grid -> "grid " + grid.name()).toList());
    var contents = new Contents(Loading.of(host));
    List<GridCells> planned = grids.stream().map(grid -> Planner.plan(grid, contents)).toList();
    Cells cells = planned.size() == 1 ? planned.getFirst() : new GridSet(nameOfFile(), planned);
    GridFolder place = folder(grids, host);
    return new Chosen(cells, place, arguments(grids, place, host));
  }

  private String nameOfFile() {
    return String.valueOf(Path.of(file.name()).getFileName()).replaceFirst("\\.swax$", "");
  }

  /** Grids that are computed together share a folder, and so do those that a file gathers. */
  private GridFolder folder(List<GridPlan> grids, Host host) {
    Path base = host.folder().toAbsolutePath();
    Path own = folder;
    GridPlan first = grids.getFirst();
    boolean alone = grids.size() == 1 && first.span().file().name().equals(file.name());
    String usual = alone ? first.name() : nameOfFile();
    Path path =
        own == null
            ? base.resolve(file.name()).resolveSibling("grids").resolve(usual)
            : base.resolve(own);
    return new GridFolder(path.normalize());
  }

  private List<String> arguments(List<GridPlan> grids, GridFolder place, Host host) {
    List<String> arguments = new ArrayList<>();
    arguments.add(host.folder().resolve(file.name()).toString());
    if (grids.size() == 1) {
      arguments.addAll(List.of("--grid", grids.getFirst().name()));
    }
    arguments.addAll(List.of("--dir", place.path().toString()));
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
