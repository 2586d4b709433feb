package dev.swax.compiler.facts;

import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Layer;
import dev.swax.compiler.model.Mixer;
import dev.swax.compiler.model.cell.Cell;
import java.util.List;
import java.util.Objects;

/** How each memory of a model is trained, and why so, a line for each. */
final class Memories {
  private Memories() {}

  static List<String> of(Architecture architecture) {
    return architecture.layers().stream()
        .map(Layer::mixer)
        .filter(Objects::nonNull)
        .filter(Mixer.Memory.class::isInstance)
        .map(mixer -> of(((Mixer.Memory) mixer).cell()))
        .distinct()
        .toList();
  }

  private static String of(Cell cell) {
    return cell.name() + ", " + cell.recurrence().words().getFirst();
  }
}
