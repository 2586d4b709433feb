package dev.swax.cli.command;

import dev.swax.cli.Console;
import dev.swax.cli.ExitCode;
import dev.swax.cli.Host;
import dev.swax.cli.Version;
import dev.swax.cli.grid.Engine;
import dev.swax.cli.grid.EngineOptions;
import dev.swax.cli.grid.GridOptions;
import dev.swax.cli.grid.PlanJson;
import dev.swax.cli.grid.RunProgress;
import dev.swax.cli.run.RunnerOption;
import dev.swax.grid.launch.Launcher;
import dev.swax.grid.plan.Cell;
import dev.swax.grid.plan.CellState;
import dev.swax.grid.plan.CellStates;
import dev.swax.grid.run.GridRunner;
import dev.swax.grid.run.Result;
import dev.swax.grid.store.CellFolder;
import dev.swax.runtime.UserError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Computes what is missing of a grid. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Computes what is missing in a grid, each model in its own process.",
      "You can stop or kill it at any moment; run it again to continue."
    })
public final class GridRunCommand implements Callable<Integer> {
  /** What a machine of 100 GFLOP/s computes in four months. */
  private static final double MOST_FLOPS = 1e18;

  private static final int MOST_NAMED = 5;

  private final Host host;

  @Mixin private final GridOptions options = new GridOptions();
  @Mixin private final RunnerOption runners = new RunnerOption();

  @Mixin private final EngineOptions engines = new EngineOptions();

  @Option(
      names = "--on",
      paramLabel = "ENGINE",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private Engine engine = Engine.LOCAL;

  @Option(
      names = "--no-wait",
      description = "with `--on slurm`: end once the jobs are submitted; they go on")
  private boolean noWait;

  @Option(names = "--keep-going", description = "compute the other cells if some cannot run here")
  private boolean keepGoing;

  @Option(names = "--stop-at-failure", description = "start no further cell after one has failed")
  private boolean stopAtFailure;

  @Option(names = "--dry-run", description = "only list what would be computed")
  private boolean dryRun;

  @Option(
      names = "--any-size",
      description = "run even if it takes more than 1e18 FLOPs, months on one machine")
  private boolean anySize;

  public GridRunCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    requireOptions();
    GridOptions.Chosen chosen = options.choose(host);
    var states = new CellStates(chosen.folder(), chosen.cells());
    List<Cell> left =
        chosen.cells().all().stream().filter(cell -> !states.of(cell).isDone()).toList();
    if (dryRun) {
      left.forEach(cell -> host.console().result(cell.title() + ": " + states.of(cell).describe()));
      return ExitCode.DONE;
    }
    requireFeasible(left);
    for (Cell cell : left) {
      if (states.of(cell) instanceof CellState.Damaged(String why)) {
        host.console().message("%s: %s; it is computed again".formatted(cell.title(), why));
      }
    }
    forgetLost(chosen, left);
    List<String> commands =
        left.stream().flatMap(cell -> cell.command().stream()).distinct().toList();
    runners.require(commands);
    commands.forEach(command -> host.console().message("starts " + command));
    List<String> arguments = new ArrayList<>(chosen.arguments());
    arguments.addAll(runners.arguments());
    BooleanSupplier cancelled = chosen.folder().cancellation().since();
    Runnable keepPlan = () -> keepPlan(chosen, states);
    Result result;
    if (left.isEmpty()) {
      keepPlan.run();
      result = new Result(false, new LinkedHashMap<>(), left);
    } else {
      result = run(chosen, left, arguments, cancelled, keepPlan);
    }
    return result.stopped()
        ? stopped(result.left().size(), cancelled.getAsBoolean())
        : ended(result, chosen);
  }

  /** What another runner has finished since is not lost. */
  private void forgetLost(GridOptions.Chosen chosen, List<Cell> left) {
    for (Cell cell : left) {
      CellFolder place = chosen.folder().cell(cell.id());
      if (cell instanceof Cell.Training && place.hasLostItsWeights()) {
        host.console()
            .message("%s: its weights are gone; it is computed again".formatted(cell.title()));
        place.forgetResult();
      }
    }
  }

  /** For those who watch: cells that have not begun leave no other trace. */
  private static void keepPlan(GridOptions.Chosen chosen, CellStates states) {
    SequencedMap<Cell, CellState> found = new LinkedHashMap<>();
    chosen.cells().all().forEach(cell -> found.put(cell, states.of(cell)));
    chosen.folder().keepPlan(PlanJson.render(chosen.cells(), found, Optional.empty()));
  }

  private void requireOptions() {
    engines.require(engine);
    if (engine != Engine.LOCAL && stopAtFailure) {
      throw new UserError(
          "`--stop-at-failure` keeps cells from being started, but Slurm is given all of them at"
              + " once",
          "leave it out; `swax grid cancel` ends what has not begun");
    }
    if (engine == Engine.LOCAL && noWait) {
      throw new UserError("`--no-wait` is only for Slurm", "`--on slurm`");
    }
  }

  private Result run(
      GridOptions.Chosen chosen,
      List<Cell> left,
      List<String> arguments,
      BooleanSupplier cancelled,
      Runnable keepPlan) {
    BooleanSupplier signalled = host.stop().get();
    int jobs = engines.jobs(engine, left);
    var progress = new RunProgress(host.console(), chosen.folder(), jobs);
    Launcher launcher = engines.launcher(engine, host, chosen, left, arguments);
    keepPlan.run();
    return new GridRunner(
            chosen.cells(),
            chosen.folder(),
            launcher,
            new GridRunner.Options(jobs, stopAtFailure),
            progress,
            () ->
                signalled.getAsBoolean()
                    || cancelled.getAsBoolean()
                    || (noWait && progress.hasBegun()))
        .run();
  }

  private void requireFeasible(List<Cell> left) {
    List<Cell> impossible = left.stream().filter(cell -> cell.obstacle() != null).toList();
    if (!impossible.isEmpty() && (!keepGoing || impossible.size() == left.size())) {
      Cell first = impossible.getFirst();
      throw new UserError(
          "%s cannot run here: %s".formatted(first.title(), first.obstacle()),
          impossible.size() < left.size()
              ? "`--keep-going` computes the others"
              : "`swax grid report` shows what is known without training");
    }
    double flops = left.stream().mapToDouble(Cell::flops).sum();
    if (flops > MOST_FLOPS && !anySize) {
      throw new UserError(
          String.format(Locale.ROOT, "this takes %.3g FLOPs, months on one machine", flops),
          "use a `--profile` with less to train, or `--any-size` to run it all the same");
    }
  }

  private int ended(Result result, GridOptions.Chosen chosen) {
    Console console = host.console();
    if (result.failures().isEmpty() && !result.left().isEmpty()) {
      Cell first = result.left().getFirst();
      console.error(
          "%d of %d cells cannot run here, the first is %s: %s"
              .formatted(
                  result.left().size(),
                  chosen.cells().all().size(),
                  first.title(),
                  first.obstacle()),
          null);
      return ExitCode.USER_ERROR;
    }
    if (result.failures().isEmpty()) {
      console.message(
          "all %d cells are done, in %s"
              .formatted(chosen.cells().all().size(), chosen.folder().path()));
      return ExitCode.DONE;
    }
    String names =
        result.failures().keySet().stream()
            .limit(MOST_NAMED)
            .map(Cell::title)
            .collect(Collectors.joining("; "));
    int more = result.failures().size() - MOST_NAMED;
    console.error(
        "%d of %d cells failed: %s%s; %d were not started"
            .formatted(
                result.failures().size(),
                chosen.cells().all().size(),
                names,
                more > 0 ? " and %d more".formatted(more) : "",
                result.left().size()),
        "`swax grid status` says why; the same command tries them again");
    boolean users =
        result.failures().values().stream().allMatch(f -> f.code() == ExitCode.USER_ERROR);
    return users ? ExitCode.USER_ERROR : ExitCode.FAULT;
  }

  private int stopped(int left, boolean cancelled) {
    boolean goesOn = engine != Engine.LOCAL && !cancelled;
    String what = cancelled ? "cancelled" : "stopped";
    host.console()
        .message(
            goesOn
                ? "%d cells are left, and what Slurm has of them goes on: `swax grid status` shows it, `swax grid cancel` ends it, the same command waits for it"
                    .formatted(left)
                : "%s with %d cells left; the same command continues".formatted(what, left));
    return goesOn && noWait ? ExitCode.DONE : ExitCode.CHECKPOINTED;
  }
}
