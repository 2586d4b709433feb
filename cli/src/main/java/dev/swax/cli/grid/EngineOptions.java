package dev.swax.cli.grid;

import dev.swax.cli.Host;
import dev.swax.grid.launch.Launcher;
import dev.swax.grid.launch.LocalLauncher;
import dev.swax.grid.launch.ModelCommand;
import dev.swax.grid.plan.Cell;
import dev.swax.grid.plan.Speed;
import dev.swax.grid.slurm.SlurmLauncher;
import dev.swax.grid.slurm.SlurmRequest;
import dev.swax.grid.slurm.SystemCommands;
import dev.swax.runtime.UserError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How many cells are computed at a time, where, and with how much of a machine. */
public final class EngineOptions {
  private static final int MOST_JOBS = 256;
  private static final int MOST_TASKS = 1_000_000;

  /** Names the script that started this process. */
  private static final String LAUNCHER = "SWAX_LAUNCHER";

  /** Milliseconds between two questions to Slurm. */
  private static final String PACE = "SWAX_SLURM_PACE";

  private static final String USUAL_PACE = "10000";

  @Mixin private final SlurmOptions slurm = new SlurmOptions();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "cells at a time (default: 1; of an engine, as many as it starts)")
  private @Nullable Integer jobs;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads of one cell (default: all cores, shared by the jobs; of an engine, 1)")
  private @Nullable Integer threads;

  @Option(
      names = "--prefix",
      paramLabel = "WORDS",
      description = "a program that starts each cell, with its options: `numactl -N 0`")
  private String prefix = "";

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description =
          "what an engine is asked for: `4G` (default: what the plan says, and a quarter more)")
  private @Nullable String memory;

  /** Refuses numbers that mean nothing, and what is meant for an engine where there is none. */
  public void require(Engine engine) {
    requirePositive();
    if (engine != Engine.LOCAL) {
      return;
    }
    if (jobs != null && jobs > MOST_JOBS) {
      throw outside(MOST_JOBS);
    }
    slurm.requireNone("`--on slurm`");
    if (memory != null) {
      throw new UserError("`--memory` is only for Slurm", "`--on slurm`");
    }
  }

  /** Refuses numbers that mean nothing. */
  public void requirePositive() {
    if ((jobs != null && (jobs < 1 || jobs > MOST_TASKS)) || (threads != null && threads < 1)) {
      throw outside(MOST_JOBS);
    }
  }

  private UserError outside(int most) {
    return new UserError(
        "`--jobs` is %s and `--threads` %s, but 1 to %d jobs of 1 thread or more are possible"
            .formatted(
                jobs == null ? "as many as fit" : jobs,
                threads == null ? "as many as fit" : threads,
                most),
        "`--jobs 2`");
  }

  /** Refuses what only Slurm knows. */
  public void requireNoSlurm() {
    slurm.requireNone("`--for slurm`");
  }

  /** Cells at a time. */
  public int jobs(Engine engine, List<Cell> left) {
    int models = (int) left.stream().map(Cell::trained).distinct().count();
    return switch (engine) {
      case LOCAL -> jobs == null ? 1 : jobs;
      case SLURM -> Math.max(1, models); // all of them; Slurm sees to it how many run
    };
  }

  /** Tasks of an engine at a time; 0 for as many as it likes. */
  public int tasks() {
    return jobs == null ? 0 : jobs;
  }

  /** CPUs of a task of an engine. */
  public int cpus() {
    return threads == null ? 1 : threads;
  }

  /** MiB of a task of an engine; says where they come from. */
  public long mebibytes(Host host, List<Cell> cells) {
    if (memory != null) {
      return Needs.mebibytes(memory);
    }
    Needs needs = Needs.of(cells);
    host.console()
        .message(
            "asking for %,d MiB: %s holds %,d MiB at its peak, as planned"
                .formatted(needs.mebibytes(), needs.most().title(), needs.bytes() >> 20));
    return needs.mebibytes();
  }

  /** What Slurm is asked for. */
  public SlurmRequest request(Host host, GridOptions.Chosen chosen, List<Cell> cells) {
    Duration planned = Needs.time(cells, Speed.measured(chosen.folder())).orElse(null);
    return slurm.request(tasks(), cpus(), mebibytes(host, cells), planned);
  }

  /**
   * What starts the cells that are left. Nothing is written before it is here.
   *
   * @param arguments that name the grid to another process
   */
  public Launcher launcher(
      Engine engine,
      Host host,
      GridOptions.Chosen chosen,
      List<Cell> left,
      List<String> arguments) {
    return switch (engine) {
      case LOCAL -> {
        int all = Runtime.getRuntime().availableProcessors();
        int each = threads == null ? Math.max(1, all / jobs(engine, left)) : threads;
        yield new LocalLauncher(
            chosen.folder(), words(), some -> CellCommandLine.of(some, arguments, each));
      }
      case SLURM ->
          new SlurmLauncher(
                  chosen.folder(),
                  chosen.cells().name(),
                  command(host, arguments, launcherScript(host)),
                  request(host, chosen, left),
                  new SystemCommands(host.environment()),
                  host.console()::message,
                  pace(host))
              .fitting();
    };
  }

  /** What computes one model elsewhere. */
  public ModelCommand command(Host host, List<String> arguments, String swax) {
    List<String> words = new ArrayList<>(words());
    words.addAll(List.of(swax, "grid", "cell"));
    words.addAll(arguments);
    words.addAll(List.of("--threads", Integer.toString(cpus()), "--model"));
    Path folder = host.folder().toAbsolutePath().normalize();
    return new ModelCommand(folder, words);
  }

  /** The script that started this process; where it was started otherwise, one on the PATH. */
  public static String launcherScript(Host host) {
    return host.environment().getOrDefault(LAUNCHER, "swax");
  }

  private static Duration pace(Host host) {
    String text = host.environment().getOrDefault(PACE, USUAL_PACE);
    if (!text.matches("[0-9]{1,7}")) {
      throw new UserError(
          "`%s` is `%s`, but a number of milliseconds is expected".formatted(PACE, text),
          "unset " + PACE);
    }
    return Duration.ofMillis(Long.parseLong(text));
  }

  private List<String> words() {
    return prefix.isBlank() ? List.of() : List.of(prefix.strip().split("\\s+"));
  }
}
