package dev.swax.grid.slurm;

import dev.swax.grid.plan.Cell;
import dev.swax.grid.plan.CellState;
import dev.swax.grid.store.GridFolder;
import dev.swax.grid.store.Job;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Joins what Slurm says of the tasks of a grid with where its cells stand. */
public final class SlurmStates {
  private static final Duration ONCE = Duration.ofDays(1);

  private final SlurmQueue queue;
  private final Map<String, Standing> models = new HashMap<>();

  /** Asks Slurm, if the grid was ever given to it. */
  public SlurmStates(GridFolder grid, Commands commands) {
    queue = new SlurmQueue(commands, grid.jobs(), ONCE);
    for (Job job : grid.jobs().all().reversed()) { // the last one holds
      for (int i = 0; i < job.models().size(); i++) {
        int index = i;
        models.computeIfAbsent(job.models().get(i), _ -> Standing.of(job, index, queue));
      }
    }
  }

  /** Why Slurm does not answer; empty where it does, or was not asked. */
  public Optional<String> trouble() {
    return queue.trouble();
  }

  /** The states of all cells, in order; those of a model that Slurm has are what it says. */
  public SequencedMap<Cell, CellState> join(SequencedMap<Cell, CellState> states) {
    Set<String> told = new HashSet<>();
    SequencedMap<Cell, CellState> joined = new LinkedHashMap<>();
    states.forEach((cell, state) -> {
      String model = cell.trained().id();
      boolean first = !state.isDone() && told.add(model);
      joined.put(cell, isOpen(state) ? state(models.get(model), state, first) : state);
    });
    return joined;
  }

  /** Whether it is known of no process that has it, and of no end that it came to. */
  private static boolean isOpen(CellState state) {
    return switch (state) {
      case CellState.ToRun _, CellState.Stale _, CellState.Interrupted _, CellState.Damaged _ ->
          true;
      case CellState.Queued _,
          CellState.Running _,
          CellState.Cached _,
          CellState.Failed _,
          CellState.Impossible _ ->
          false;
    };
  }

  /** What ended a task is said of the cell that it was at. */
  private static CellState state(@Nullable Standing standing, CellState state, boolean first) {
    return switch (standing) {
      case null -> state;
      case Standing.Alive(String text) -> new CellState.Queued(text);
      case Standing.Stopped(String text) -> first ? new CellState.Failed(text) : state;
      case Standing.Hopeless(String text, _) -> first ? new CellState.Failed(text) : state;
      case Standing.Ended _, Standing.Unknown _ -> state;
    };
  }
}
