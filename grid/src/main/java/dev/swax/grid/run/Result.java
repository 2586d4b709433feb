package dev.swax.grid.run;

import dev.swax.grid.plan.Cell;
import dev.swax.grid.store.CellFolder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * How a run of a grid ended.
 *
 * @param stopped whether it was asked to
 * @param failures of this run
 * @param left neither done nor failed
 */
public record Result(
    boolean stopped, SequencedMap<Cell, CellFolder.Failure> failures, List<Cell> left) {
  public Result {
    failures = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(failures));
    left = List.copyOf(left);
  }
}
