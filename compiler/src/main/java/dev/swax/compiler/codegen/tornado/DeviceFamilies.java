package dev.swax.compiler.codegen.tornado;

import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.Mixer;
import dev.swax.compiler.model.cell.Cell;
import dev.swax.compiler.model.cell.Recurrence;
import dev.swax.runtime.kernel.memory.MemoryShape;
import dev.swax.runtime.kernel.scan.ScanShape;
import java.util.Optional;

/** Which families of recurrences have kernels for devices; {@link CallTasks} emits those. */
public final class DeviceFamilies {
  private DeviceFamilies() {}

  /** Why a model that trains on the CPU does not on a device; empty where it does. */
  public static Optional<String> findObstacle(Architecture model) {
    return model.layers().stream()
        .filter(layer -> layer.mixer() instanceof Mixer.Memory)
        .map(layer -> ((Mixer.Memory) layer.mixer()).cell())
        .filter(cell -> !isKnown(cell))
        .findFirst()
        .map(cell ->
            "`%s` cannot be trained on a device yet, its cell `%s` has kernels only for the CPU"
                .formatted(model.name(), cell.name()));
  }

  private static boolean isKnown(Cell cell) {
    return switch (cell.recurrence()) {
      case Recurrence.Trained trained ->
          trained.shape() instanceof MemoryShape || trained.shape() instanceof ScanShape;
      case Recurrence.Untrained _ -> false;
    };
  }
}
