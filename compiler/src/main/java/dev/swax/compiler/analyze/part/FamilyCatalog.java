package dev.swax.compiler.analyze.part;

import dev.swax.compiler.analyze.part.family.ColumnsFamily;
import dev.swax.compiler.analyze.part.family.DeltaFamily;
import dev.swax.compiler.analyze.part.family.DplrFamily;
import dev.swax.compiler.analyze.part.family.Family;
import dev.swax.compiler.analyze.part.family.RowsFamily;
import dev.swax.compiler.analyze.part.family.ScalarFamily;
import dev.swax.compiler.analyze.part.family.ScanFamily;
import dev.swax.compiler.analyze.part.family.StateUpdate;
import dev.swax.compiler.analyze.part.family.UpdatesFamily;
import java.util.List;
import java.util.Optional;

/** Every family that is trained, the cheapest to train first. */
final class FamilyCatalog {
  private static final List<Family> ALL =
      List.of(
          new ScanFamily(),
          new ScalarFamily(),
          new RowsFamily(),
          new ColumnsFamily(),
          new DeltaFamily(),
          new DplrFamily(),
          new UpdatesFamily());

  private FamilyCatalog() {}

  /** The cheapest family that an update is of. */
  static Optional<Family> find(StateUpdate update) {
    return ALL.stream().filter(family -> family.has(update)).findFirst();
  }
}
