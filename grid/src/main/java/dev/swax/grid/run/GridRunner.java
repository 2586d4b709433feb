package dev.swax.grid.run;

import dev.swax.grid.plan.Cell;
import dev.swax.grid.plan.CellStates;
import dev.swax.grid.plan.GridCells;
import dev.swax.grid.store.CellFolder;
import dev.swax.grid.store.GridFolder;
import dev.swax.grid.store.Owner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;

/**
 * Computes what is missing of a grid, several cells at a time.
 *
 * <p>A process goes on with the other measures of its model when it is done with its cell, so that
 * a model is compiled once; whatever nobody has begun when there is room is begun in another
 * process.
 *
 * <p>It keeps nothing that it could not find again: results and claims on the disk say what is done
 * and what is under way. So it may be killed at any moment, and several of them may work on one
 * grid. A cell that a living process of anybody's has is waited for.
 */
public final class GridRunner {
  /** The code of a process that saved its work, or that found its cell claimed. */
  private static final int AGAIN = 75;

  /** The code of what only the user can put right. */
  private static final int USER_ERROR = 2;

  private static final int ATTEMPTS = 3;
  private static final long PAUSE_MILLISECONDS = 100;

  /**
   * How to run.
   *
   * @param jobs cells at a time
   * @param keepGoing whether cells are begun after one has failed
   */
  public record Options(int jobs, boolean keepGoing) {}

  private final GridFolder folder;
  private final CellProcesses processes;
  private final Options options;
  private final Watcher watcher;
  private final BooleanSupplier stop;

  private final List<Cell> left = new ArrayList<>();
  private final int all;
  private final SequencedMap<Cell, CellProcess> running = new LinkedHashMap<>();
  private final SequencedMap<Cell, CellFolder.Failure> failures = new LinkedHashMap<>();
  private final Map<Cell, Integer> faults = new LinkedHashMap<>();
  private final Map<Cell, Owner> waitedFor = new LinkedHashMap<>();

  public GridRunner(
      GridCells cells,
      GridFolder folder,
      CellProcesses processes,
      Options options,
      Watcher watcher,
      BooleanSupplier stop) {
    this.folder = folder;
    this.processes = processes;
    this.options = options;
    this.watcher = watcher;
    this.stop = stop;
    for (Cell cell : cells.all()) {
      if (!place(cell).isFinished()) {
        left.add(cell);
      }
    }
    this.all = cells.all().size();
  }

  /** Until everything is done, something has failed, or {@code stop} says so. */
  public Result run() {
    left.forEach(cell -> place(cell).forgetFailure());
    boolean stopping = false;
    while (true) {
      boolean progressed = collect();
      if (!stopping && stop.getAsBoolean()) {
        stopping = true;
        running.values().forEach(CellProcess::stop);
      }
      boolean begins = !stopping && (failures.isEmpty() || options.keepGoing());
      if (begins) {
        progressed |= begin();
      }
      boolean waits = begins && !waitedFor.isEmpty();
      if (running.isEmpty() && !waits && !progressed) {
        return new Result(stopping, failures, left);
      }
      watcher.status(List.copyOf(running.keySet()), left);
      pause();
    }
  }

  /** Takes note of what has ended, here or elsewhere. */
  private boolean collect() {
    boolean progressed = false;
    for (Map.Entry<Cell, CellProcess> entry : List.copyOf(running.entrySet())) {
      OptionalInt code = entry.getValue().exitCode();
      if (code.isPresent()) {
        running.remove(entry.getKey());
        ended(entry.getKey(), entry.getValue(), code.getAsInt());
        progressed = true;
      }
    }
    for (Cell cell : List.copyOf(left)) {
      if (!running.containsKey(cell) && place(cell).isFinished()) {
        left.remove(cell);
        waitedFor.remove(cell);
        watcher.finished(cell, all - left.size() - failures.size(), all);
        progressed = true;
      }
    }
    return progressed;
  }

  private void ended(Cell cell, CellProcess process, int code) {
    if (place(cell).isFinished() || code == AGAIN || stop.getAsBoolean()) {
      return;
    }
    int attempts = faults.merge(cell, 1, Integer::sum);
    String words = process.lastWords();
    if (code != USER_ERROR && attempts < ATTEMPTS) {
      watcher.retried(cell, code, words);
      return;
    }
    var failure = new CellFolder.Failure(code, attempts, words);
    place(cell).fail(failure);
    failures.put(cell, failure);
    left.remove(cell);
    watcher.failed(cell, failure);
  }

  /** Starts what can be started, what no process has before it first; whether anything was. */
  private boolean begin() {
    waitedFor.keySet().retainAll(left);
    int before = running.size();
    List<Cell.Training> busy = new ArrayList<>();
    running.keySet().forEach(cell -> busy.add(cell.trained()));
    for (boolean also : new boolean[] {false, true}) {
      for (Cell cell : List.copyOf(left)) {
        if (running.size() < options.jobs()
            && (also || !busy.contains(cell.trained()))
            && !running.containsKey(cell)
            && isReady(cell)
            && !isElsewhere(cell)) {
          start(cell);
          busy.add(cell.trained());
        }
      }
    }
    return running.size() > before;
  }

  private void start(Cell cell) {
    List<Cell> cells = new ArrayList<>();
    cells.add(cell);
    left.stream()
        .filter(other -> other instanceof Cell.Evaluation && !other.equals(cell))
        .filter(other -> other.trained().equals(cell.trained()) && other.obstacle() == null)
        .forEach(cells::add);
    cells.forEach(each -> place(each).describe(CellStates.describe(each)));
    running.put(cell, processes.start(cells));
  }

  /** Whether it can be computed and what it needs is there. */
  private boolean isReady(Cell cell) {
    return cell.obstacle() == null
        && switch (cell) {
          case Cell.Training _ -> true;
          case Cell.Evaluation evaluation -> place(evaluation.training()).isFinished();
        };
  }

  /** Whether a living process that is not ours has it. */
  private boolean isElsewhere(Cell cell) {
    Optional<Owner> owner = place(cell).findOwner();
    if (owner.isEmpty()) {
      waitedFor.remove(cell);
      return false;
    }
    boolean ours = running.values().stream().anyMatch(p -> p.pid() == owner.get().pid());
    if (!owner.get().equals(waitedFor.put(cell, owner.get())) && !ours) {
      watcher.waiting(cell, owner.get());
    }
    return true;
  }

  private CellFolder place(Cell cell) {
    return folder.cell(cell.id());
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("nobody interrupts a runner", e);
    }
  }
}
