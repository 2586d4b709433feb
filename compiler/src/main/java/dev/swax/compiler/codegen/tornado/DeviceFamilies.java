package dev.swax.compiler.codegen.tornado;

import dev.swax.compiler.ir.Node;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.part.Part;
import dev.swax.runtime.kernel.columns.ColumnsShape;
import dev.swax.runtime.kernel.conv.ConvShape;
import dev.swax.runtime.kernel.delta.DeltaShape;
import dev.swax.runtime.kernel.dplr.DplrShape;
import dev.swax.runtime.kernel.gla.GlaShape;
import dev.swax.runtime.kernel.memory.MemoryShape;
import dev.swax.runtime.kernel.recurrence.RecurrenceShape;
import dev.swax.runtime.kernel.scan.ScanShape;
import dev.swax.runtime.kernel.shift.ShiftShape;
import dev.swax.runtime.kernel.step.StepShape;
import dev.swax.runtime.kernel.updates.UpdatesShape;
import java.util.Optional;

/** The families of recurrences that have kernels for devices, each with its tasks. */
public final class DeviceFamilies {
  private DeviceFamilies() {}

  /** The tasks of a node by its shape. */
  @FunctionalInterface
  interface Tasks {
    RecurrenceTasks of(CallTasks calls, BlockTasks block, Node node);
  }

  /** How a shape is computed on a device; empty where no kernel does. */
  static Optional<Tasks> find(RecurrenceShape shape) {
    return Optional.ofNullable(
        switch (shape) {
          case MemoryShape memory ->
              (calls, block, node) -> new MemoryTasks(calls, block, node, memory);
          case ConvShape conv -> (calls, block, node) -> new ConvTasks(calls, block, node, conv);
          case DeltaShape delta ->
              (calls, block, node) -> new DeltaTasks(calls, block, node, delta);
          case GlaShape gla -> (calls, block, node) -> new GlaTasks(calls, block, node, gla);
          case ScanShape scan -> (calls, block, node) -> new ScanTasks(calls, block, node, scan);
          case DplrShape dplr ->
              (calls, block, node) -> new StepTasks(calls, block, node, DplrStep.of(dplr));
          case ColumnsShape columns ->
              (calls, block, node) -> new StepTasks(calls, block, node, ColumnsStep.of(columns));
          case UpdatesShape updates ->
              (calls, block, node) -> new StepTasks(calls, block, node, UpdatesStep.of(updates));
          case ShiftShape shift ->
              (calls, block, node) -> new ShiftTasks(calls, block, node, shift);
          case StepShape step -> (calls, block, node) -> new StepTasks(calls, block, node, step);
          default -> null;
        });
  }

  private static boolean isForTheCpu(Part part) {
    return part.recurrence() != null && find(part.recurrence().shape()).isEmpty();
  }

  /** Why a model that trains on the CPU does not on a device; empty where it does. */
  public static Optional<String> findObstacle(Architecture model) {
    if (model.options().meta() > 0) {
      return Optional.of(
          "`%s` cannot be trained on a device yet, it has meta tokens, which only the CPU puts before sequences"
              .formatted(model.name()));
    }
    return model.layers().stream()
        .flatMap(layer -> layer.parts().stream())
        .filter(DeviceFamilies::isForTheCpu)
        .findFirst()
        .map(part ->
            "`%s` cannot be trained on a device yet, its cell `%s` has kernels only for the CPU"
                .formatted(model.name(), part.name()));
  }
}
