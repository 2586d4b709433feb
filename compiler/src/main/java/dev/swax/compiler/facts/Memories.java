package dev.swax.compiler.facts;

import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.cell.Cell;
import dev.swax.compiler.model.cell.Recurrence;
import java.util.List;
import java.util.Objects;

/** How each memory of a model is trained, and why so, a line for each. */
final class Memories {
  private Memories() {}

  static List<String> of(Architecture architecture) {
    return architecture.layers().stream()
        .flatMap(layer -> layer.parts().stream())
        .filter(part -> part.recurrence() != null)
        .map(Memories::of)
        .distinct()
        .toList();
  }

  private static String of(Cell cell) {
    Recurrence recurrence = Objects.requireNonNull(cell.recurrence());
    return cell.name() + ", " + recurrence.words().getFirst();
  }
}
