package dev.swax.grid.plan;

import dev.swax.grid.store.CellFolder;
import dev.swax.grid.store.GridFolder;
import dev.swax.grid.store.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds where cells stand. */
public final class CellStates {
  private static final int SHOWN_CHANGES = 3;

  private final GridFolder folder;
  private final List<CellFolder.Description> others = new ArrayList<>();
  private final Set<Cell.Training> measured = new HashSet<>();

  /**
   * Looks at the folder once for results of cells that are not wanted now, and for models that are
   * still to be measured.
   */
  public CellStates(GridFolder folder, Cells cells) {
    this.folder = folder;
    List<String> wanted = cells.all().stream().map(Cell::id).toList();
    for (CellFolder each : folder.all()) {
      String id = String.valueOf(each.path().getFileName());
      if (!wanted.contains(id) && each.findOutcome().isPresent()) {
        each.findDescription().ifPresent(others::add);
      }
    }
    for (Cell cell : cells.all()) {
      if (cell instanceof Cell.Evaluation measure && !folder.cell(cell.id()).isFinished()) {
        measured.add(measure.training());
      }
    }
  }

  /** Where the cell stands now. */
  public CellState of(Cell cell) {
    CellFolder place = folder.cell(cell.id());
    Optional<Outcome> outcome = place.findOutcome();
    if (outcome.isPresent()) {
      boolean lost =
          cell instanceof Cell.Training model
              && measured.contains(model)
              && place.hasLostItsWeights();
      return lost
          ? new CellState.Stale("its weights are gone, and a measure needs them")
          : new CellState.Cached(outcome.get().endedEarly());
    }
    Optional<CellState> running = place.findOwner().map(CellState.Running::new);
    Optional<CellState> failed = place.findFailure().map(f -> new CellState.Failed(f.message()));
    if (running.isPresent() || failed.isPresent()) {
      return running.or(() -> failed).orElseThrow();
    }
    Optional<String> damage = place.findDamage();
    if (damage.isPresent()) {
      return new CellState.Damaged(damage.get());
    }
    String obstacle = cell.obstacle();
    if (obstacle != null) {
      return new CellState.Impossible(obstacle);
    }
    if (place.hasRun()) {
      return new CellState.Interrupted();
    }
    return changed(cell).<CellState>map(CellState.Stale::new).orElseGet(CellState.ToRun::new);
  }

  /** How the result that stands in the cell's place differs from it. */
  private Optional<String> changed(Cell cell) {
    CellFolder.Description wanted = describe(cell);
    return others.stream()
        .filter(wanted::standsFor)
        .map(other -> cell.identity().changesSince(other.identity()))
        .min((a, b) -> Integer.compare(a.size(), b.size()))
        .map(CellStates::shown);
  }

  private static String shown(List<String> changes) {
    if (changes.stream().anyMatch(change -> change.startsWith("model was "))) {
      return "its model is trained again";
    }
    String first = changes.stream().limit(SHOWN_CHANGES).collect(Collectors.joining("; "));
    int more = changes.size() - SHOWN_CHANGES;
    return more > 0 ? "%s; and %d more".formatted(first, more) : first;
  }

  /** What is kept of a cell beside its result. */
  public static CellFolder.Description describe(Cell cell) {
    return new CellFolder.Description(
        cell.what(), cell.column(), cell.seed(), cell.identity().lines());
  }
}
