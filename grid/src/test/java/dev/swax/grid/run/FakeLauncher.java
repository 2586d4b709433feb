package dev.swax.grid.run;

import dev.swax.grid.launch.CellProcess;
import dev.swax.grid.launch.Launcher;
import dev.swax.grid.plan.Cell;
import dev.swax.grid.store.CellFolder;
import dev.swax.grid.store.GridFolder;
import dev.swax.grid.store.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Processes that end at once, as they are told; with 0 they leave a result. */
final class FakeLauncher implements Launcher {
  private final GridFolder folder;
  private final Map<String, Deque<Integer>> codes = new LinkedHashMap<>();
  private final List<String> started = new ArrayList<>();
  private final List<List<String>> groups = new ArrayList<>();
  private final List<String> stopped = new ArrayList<>();
  private final List<Cell> refused = new ArrayList<>();
  private final Map<Cell, Cell> failing = new LinkedHashMap<>();
  private @Nullable Cell breaking;
  private @Nullable Cell held;
  private int startsAwaited;
  private int models = 1;
  private int mostAtATime;
  private int running;

  FakeLauncher(GridFolder folder) {
    this.folder = folder;
  }

  /** How the processes of a cell end, in order; after these with 0. */
  void end(Cell cell, int... with) {
    Deque<Integer> queue = new ArrayDeque<>();
    for (int code : with) {
      queue.add(code);
    }
    codes.put(cell.id(), queue);
  }

  /** The process of a cell cannot be started. */
  void refuse(Cell cell) {
    refused.add(cell);
  }

  /** The process of {@code first} notes that {@code second} has failed, and ends with 2. */
  void fail(Cell first, Cell second) {
    failing.put(first, second);
  }

  /** The next question to a process after that of the cell was started is a fault. */
  void breakAfter(Cell cell) {
    breaking = cell;
  }

  /** Each process takes so many models. */
  void take(int most) {
    models = most;
  }

  /** The process of a cell ends only after so many have been started. */
  void hold(Cell cell, int starts) {
    held = cell;
    startsAwaited = starts;
  }

  /** Titles of the cells that each process was given, in the order of the starts. */
  List<List<String>> groups() {
    return groups;
  }

  /** Titles of the cells whose processes were asked to stop. */
  List<String> stopped() {
    return stopped;
  }

  /** Titles of the cells whose processes were started, in order. */
  List<String> started() {
    return started;
  }

  int mostAtATime() {
    return mostAtATime;
  }

  @Override
  public List<CellProcess> start(List<List<Cell>> groups) {
    groups.forEach(cells -> this.groups.add(cells.stream().map(Cell::title).toList()));
    return groups.stream().<CellProcess>map(cells -> process(cells.getFirst())).toList();
  }

  @Override
  public int models() {
    return models;
  }

  @Override
  public Duration pace() {
    return Duration.ofMillis(20);
  }

  private Ended process(Cell cell) {
    if (refused.contains(cell)) {
      return new Ended(cell, 2, "cannot start it");
    }
    started.add(cell.title());
    running++;
    mostAtATime = Math.max(mostAtATime, running);
    Integer code = codes.getOrDefault(cell.id(), new ArrayDeque<>()).poll();
    return new Ended(cell, code == null ? 0 : code, "it ended with " + code);
  }

  private final class Ended implements CellProcess {
    private final Cell cell;
    private final int code;
    private final String lastWords;

    private Ended(Cell cell, int code, String lastWords) {
      this.cell = cell;
      this.code = code;
      this.lastWords = lastWords;
    }

    @Override
    public OptionalInt exitCode() {
      if (cell.equals(breaking)) {
        breaking = null;
        throw new IllegalStateException("a fault of the runner");
      }
      if (cell.equals(held) && started.size() < startsAwaited) {
        return OptionalInt.empty();
      }
      running--;
      if (code == 0) {
        folder.cell(cell.id()).finish(new Outcome(new LinkedHashMap<>(), 1, 1));
      }
      Cell second = failing.get(cell);
      if (second != null) {
        folder.cell(second.id()).fail(new CellFolder.Failure(2, 1, "no such file"));
        return OptionalInt.of(2);
      }
      return OptionalInt.of(code);
    }

    @Override
    public void stop() {
      stopped.add(cell.title());
    }

    @Override
    public String lastWords() {
      return lastWords;
    }
  }
}
