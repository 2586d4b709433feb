package dev.swax.grid.run;

import dev.swax.faultydisk.FaultyDisk;
import dev.swax.grid.launch.CellProcess;
import dev.swax.grid.launch.Launcher;
import dev.swax.grid.plan.Cell;
import dev.swax.grid.plan.CellStates;
import dev.swax.grid.store.CellFolder;
import dev.swax.grid.store.Claim;
import dev.swax.grid.store.GridFolder;
import dev.swax.grid.store.Outcome;
import dev.swax.grid.store.Owner;
import dev.swax.runtime.UserError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/**
 * Processes that do on the disk of the grid what those do that compute cells: claim each, say what
 * it is, keep its result. Where the disk is killed, so is the process.
 */
record DiskLauncher(GridFolder folder) implements Launcher {
  private static final int KILLED = 137;

  /** They all have ended when somebody asks. */
  static final Owner DEAD = dead(Owner.current());

  private static Owner dead(Owner me) {
    return new Owner(me.host(), me.pid(), me.started() + 1, me.space());
  }

  @Override
  public List<CellProcess> start(List<List<Cell>> groups) {
    return groups.stream().map(this::process).toList();
  }

  @Override
  public int models() {
    return 2;
  }

  @Override
  public Duration pace() {
    return Duration.ofMillis(20);
  }

  private CellProcess process(List<Cell> cells) {
    int code = code(cells);
    return new CellProcess() {
      @Override
      public OptionalInt exitCode() {
        return OptionalInt.of(code);
      }

      @Override
      public void stop() {}

      @Override
      public String lastWords() {
        return "it ended with " + code;
      }
    };
  }

  private int code(List<Cell> cells) {
    try {
      for (Cell cell : cells) {
        compute(cell, folder.cell(cell.id()));
      }
      return 0;
    } catch (UserError e) {
      return 2;
    } catch (FaultyDisk.Killed e) {
      return KILLED;
    }
  }

  private static void compute(Cell cell, CellFolder place) {
    Optional<Claim> claim = place.claim(DEAD);
    if (claim.isEmpty()) {
      return;
    }
    try (Claim held = claim.get()) {
      if (!place.isFinished() && held.isHeld()) {
        place.describe(CellStates.describe(cell));
        place.finish(outcome(cell));
      }
    }
  }

  /** What every cell comes to, each to something else. */
  static Outcome outcome(Cell cell) {
    SequencedMap<String, Outcome.Metric> metrics = new LinkedHashMap<>();
    metrics.put("recall", new Outcome.Metric(cell.id().hashCode() / 8.0, 10, 0.5));
    return new Outcome(metrics, 1, cell.flops());
  }
}
