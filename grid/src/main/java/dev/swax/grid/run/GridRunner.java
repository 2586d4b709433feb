package dev.swax.grid.run;

import dev.swax.grid.launch.CellProcess;
import dev.swax.grid.launch.Launcher;
import dev.swax.grid.plan.Cell;
import dev.swax.grid.plan.CellStates;
import dev.swax.grid.plan.Cells;
import dev.swax.grid.store.CellFolder;
import dev.swax.grid.store.GridFolder;
import dev.swax.grid.store.Owner;
import dev.swax.runtime.UserError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Computes what is missing of a grid, several cells at a time. A {@link Launcher} says where.
 *
 * <p>When a process has finished its cell, it goes on with the other measures of its model, so that
 * the model is compiled only once, and then with further models, as many as its launcher takes: a
 * process that runs is faster than a new one. If there is room for another process, that process
 * starts with a cell that nobody has begun.
 *
 * <p>The runner keeps nothing in memory that is not on the disk: results and claims say which cells
 * are finished and which are being computed. So it may be killed at any moment, and several runners
 * may work on one grid. If a living process of another runner has a cell, this runner waits for it.
 */
public final class GridRunner {
  /** The code of a process that saved its work, or that found its cell claimed. */
  private static final int AGAIN = 75;

  /** The code of what only the user can put right. */
  private static final int USER_ERROR = 2;

  private static final int ATTEMPTS = 3;

  /** What was found stays true for so many times the time of looking. */
  private static final int LASTING = 100;

  /**
   * How to run.
   *
   * @param jobs cells at a time
   * @param stopAtFailure whether no cell is begun after one has failed
   */
  public record Options(int jobs, boolean stopAtFailure) {}

  /** A process and what it was started for. */
  private record Work(CellProcess process, List<Cell> cells) {}

  private final GridFolder folder;
  private final Launcher launcher;
  private final Options options;
  private final Watcher watcher;
  private final BooleanSupplier stop;

  private final List<Cell> left = new ArrayList<>();
  private final int all;
  private final SequencedMap<Cell, Work> running = new LinkedHashMap<>();
  private final SequencedMap<Cell, CellFolder.Failure> failures = new LinkedHashMap<>();
  private final Map<Cell, Integer> faults = new LinkedHashMap<>();
  private final Map<Cell, Owner> waitedFor = new LinkedHashMap<>();
  private final Map<Cell, Cell> startedWith = new HashMap<>();
  private final Rounds rounds = new Rounds(LASTING, System::nanoTime);

  public GridRunner(
      Cells cells,
      GridFolder folder,
      Launcher launcher,
      Options options,
      Watcher watcher,
      BooleanSupplier stop) {
    this.folder = folder;
    this.launcher = launcher;
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

  /** Until nothing can be done any more, or {@code stop} says so. */
  public Result run() {
    left.forEach(cell -> place(cell).forgetFailure());
    try {
      return work();
    } catch (RuntimeException | Error e) {
      stopAll();
      throw e;
    }
  }

  private Result work() {
    boolean stopping = false;
    while (true) {
      boolean round = rounds.isDue();
      boolean progressed = collectEnded();
      if (round) {
        progressed |= rounds.go(() -> collect(left));
      }
      if (!stopping && stop.getAsBoolean()) {
        stopping = true;
        running.values().forEach(work -> work.process().stop());
      }
      boolean begins = !stopping && (failures.isEmpty() || !options.stopAtFailure());
      if (begins && (round || progressed)) {
        progressed |= begin();
      }
      boolean waits = begins && !waitedFor.isEmpty();
      if (running.isEmpty() && !waits && !progressed && (round || stopping)) {
        return new Result(stopping, failures, left);
      }
      watcher.status(runningNow(), left);
      if (!progressed) {
        pause();
      }
    }
  }

  /** The cell that each process has come to. */
  private List<Cell> runningNow() {
    return running.values().stream()
        .map(work ->
            work.cells().stream().filter(left::contains).findFirst().orElse(work.cells().getLast()))
        .toList();
  }

  /** Nobody is left to look after them: those that need it save their work and end first. */
  private void stopAll() {
    running.values().forEach(work -> work.process().stop());
    while (running.values().stream().anyMatch(work -> work.process().exitCode().isEmpty())) {
      pause();
    }
  }

  /** Takes note of what our processes have done. */
  private boolean collectEnded() {
    boolean progressed = false;
    for (Map.Entry<Cell, Work> entry : List.copyOf(running.entrySet())) {
      Work work = entry.getValue();
      OptionalInt code = work.process().exitCode();
      if (code.isPresent()) {
        running.remove(entry.getKey());
        ended(work, code.getAsInt());
        progressed = true;
      }
      progressed |= collect(work.cells().stream().filter(left::contains).toList());
    }
    return progressed;
  }

  /** Takes note of which of these cells are finished or have failed, here or elsewhere. */
  private boolean collect(List<Cell> cells) {
    boolean progressed = false;
    for (Cell cell : List.copyOf(cells)) {
      Optional<CellFolder.Failure> failure = place(cell).findFailure();
      if (place(cell).isFinished()) {
        left.remove(cell);
        waitedFor.remove(cell);
        watcher.finished(cell, all - left.size() - failures.size(), all);
        progressed = true;
      } else if (failure.isPresent()) {
        failed(cell, failure.get());
        progressed = true;
      }
    }
    return progressed;
  }

  /**
   * Whose fault the end of a process is: the first cell that it did not come to. It noted itself
   * what the user has to put right.
   */
  private void ended(Work work, int code) {
    if (code == AGAIN || stop.getAsBoolean()) {
      return;
    }
    work.cells().forEach(cell -> place(cell).lookAgain());
    Optional<Cell> unfinished =
        work.cells().stream()
            .filter(cell -> left.contains(cell) && !place(cell).isFinished())
            .filter(cell -> place(cell).findOwner().isEmpty())
            .findFirst();
    boolean noted = work.cells().stream().anyMatch(cell -> place(cell).findFailure().isPresent());
    if (unfinished.isEmpty() || noted) {
      return;
    }
    Cell cell = unfinished.get();
    int attempts = faults.merge(cell, 1, Integer::sum);
    String words = work.process().lastWords();
    if (code != USER_ERROR && attempts < ATTEMPTS) {
      watcher.retried(cell, code, words);
      return;
    }
    var failure = new CellFolder.Failure(code, attempts, words);
    place(cell).fail(failure);
    failed(cell, failure);
  }

  private void failed(Cell cell, CellFolder.Failure failure) {
    failures.put(cell, failure);
    left.remove(cell);
    waitedFor.remove(cell);
    watcher.failed(cell, failure, place(startedWith.getOrDefault(cell, cell)).log());
  }

  /** Starts what can be started, what no process has before it first; whether anything was. */
  private boolean begin() {
    waitedFor.keySet().retainAll(left);
    List<List<Cell>> groups = new ArrayList<>();
    Set<Cell.Training> busy = new HashSet<>();
    running.values().forEach(work -> work.cells().forEach(cell -> busy.add(cell.trained())));
    for (boolean also : new boolean[] {false, true}) {
      for (Cell cell : left) {
        if (running.size() + groups.size() < options.jobs()
            && (also || !busy.contains(cell.trained()))
            && !running.containsKey(cell)
            && groups.stream().noneMatch(group -> group.getFirst().equals(cell))
            && isFree(cell)) {
          groups.add(together(cell, busy));
        }
      }
    }
    return start(groups);
  }

  /** What cannot be described has failed; whatever runs goes on. */
  private boolean start(List<List<Cell>> groups) {
    List<List<Cell>> described = groups.stream().filter(this::describe).toList();
    if (described.isEmpty()) {
      return false;
    }
    List<CellProcess> processes = launcher.start(described);
    for (int i = 0; i < processes.size(); i++) {
      List<Cell> cells = described.get(i);
      running.put(cells.getFirst(), new Work(processes.get(i), cells));
      cells.forEach(cell -> startedWith.put(cell, cells.getFirst()));
    }
    return true;
  }

  private boolean describe(List<Cell> cells) {
    try {
      cells.forEach(cell -> place(cell).describe(CellStates.describe(cell)));
      return true;
    } catch (UserError e) {
      failed(
          cells.getFirst(), new CellFolder.Failure(USER_ERROR, 1, String.valueOf(e.getMessage())));
      return false;
    }
  }

  /**
   * A cell, and what its process goes on with: the measures of its model, then its share of the
   * models that nobody has, which are busy from now on. Where a failure is to stop everything, a
   * process begins no second model.
   */
  private List<Cell> together(Cell cell, Set<Cell.Training> busy) {
    busy.add(cell.trained());
    List<Cell> cells = new ArrayList<>(withMeasures(cell));
    List<Cell.Training> idle =
        left.stream()
            .flatMap(other -> other instanceof Cell.Training model ? Stream.of(model) : Stream.of())
            .filter(model -> !busy.contains(model))
            .toList();
    int share = Math.ceilDiv(1 + idle.size(), options.jobs());
    int models = options.stopAtFailure() ? 1 : Math.min(launcher.models(), share);
    idle.stream()
        .filter(this::isFree)
        .limit(models - 1)
        .forEach(model -> {
          busy.add(model);
          cells.addAll(withMeasures(model));
        });
    return cells;
  }

  private List<Cell> withMeasures(Cell cell) {
    List<Cell> cells = new ArrayList<>();
    cells.add(cell);
    left.stream()
        .filter(other -> other instanceof Cell.Evaluation && !other.equals(cell))
        .filter(other -> other.trained().equals(cell.trained()) && other.obstacle() == null)
        .forEach(cells::add);
    return cells;
  }

  /** Whether a process can begin it now. */
  private boolean isFree(Cell cell) {
    return isReady(cell)
        && !isElsewhere(cell)
        && !place(cell).isFinished()
        && place(cell).findFailure().isEmpty();
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
    boolean ours = running.values().stream().anyMatch(work -> work.cells().contains(cell));
    if (!owner.get().equals(waitedFor.put(cell, owner.get())) && !ours) {
      watcher.waiting(cell, owner.get());
    }
    return true;
  }

  private CellFolder place(Cell cell) {
    return folder.cell(cell.id());
  }

  private void pause() {
    try {
      Thread.sleep(launcher.pace());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("nobody interrupts a runner", e);
    }
  }
}
