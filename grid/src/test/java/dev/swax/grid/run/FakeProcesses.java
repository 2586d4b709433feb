package dev.swax.grid.run;

import dev.swax.grid.plan.Cell;
import dev.swax.grid.store.GridFolder;
import dev.swax.grid.store.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Processes that end at once, as they are told; with 0 they leave a result. */
final class FakeProcesses implements CellProcesses {
  private final GridFolder folder;
  private final Map<String, Deque<Integer>> codes = new LinkedHashMap<>();
  private final List<String> started = new ArrayList<>();
  private int mostAtATime;
  private int running;

  FakeProcesses(GridFolder folder) {
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

  /** Titles of the cells whose processes were started, in order. */
  List<String> started() {
    return started;
  }

  int mostAtATime() {
    return mostAtATime;
  }

  @Override
  public CellProcess start(List<Cell> cells) {
    Cell cell = cells.getFirst();
    started.add(cell.title());
    running++;
    mostAtATime = Math.max(mostAtATime, running);
    Integer code = codes.getOrDefault(cell.id(), new ArrayDeque<>()).poll();
    return new Ended(cell, code == null ? 0 : code);
  }

  private final class Ended implements CellProcess {
    private final Cell cell;
    private final int code;

    private Ended(Cell cell, int code) {
      this.cell = cell;
      this.code = code;
    }

    @Override
    public long pid() {
      return -1;
    }

    @Override
    public OptionalInt exitCode() {
      running--;
      if (code == 0) {
        folder.cell(cell.id()).finish(new Outcome(new LinkedHashMap<>(), 1, 1));
      }
      return OptionalInt.of(code);
    }

    @Override
    public void stop() {}

    @Override
    public String lastWords() {
      return "it ended with " + code;
    }
  }
}
