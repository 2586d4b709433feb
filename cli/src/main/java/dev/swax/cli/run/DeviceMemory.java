package dev.swax.cli.run;

import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.plan.BlockPlan;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.runtime.UserError;
import dev.swax.runtime.train.Recipe;
import dev.swax.tornado.TornadoDevices;

/** Refuses what does not fit on a device, before anything is allocated there. */
final class DeviceMemory {
  private DeviceMemory() {}

  static void require(TrainPlan train, ModelPlan plan) {
    Recipe recipe = train.recipe();
    long rows = (long) recipe.microBatch() * recipe.sequence();
    long needed = needed(plan, rows);
    long available = TornadoDevices.memory();
    if (needed > available) {
      throw new UserError(
          "training %s (%s) needs %s on the device, which has %s"
              .formatted(
                  train.name(),
                  train.span(),
                  Memory.gibibytes(needed),
                  Memory.gibibytes(available)),
          "a smaller `micro_batch`, or `--device cpu`");
    }
    long largest = Math.max(kept(plan, rows), plan.parameterCount()) * Float.BYTES;
    long most = TornadoDevices.largestArray();
    if (largest > most) {
      throw new UserError(
          "training %s (%s) needs an array of %s, but the device allows %s at most"
              .formatted(
                  train.name(), train.span(), Memory.gibibytes(largest), Memory.gibibytes(most)),
          "a smaller `micro_batch`, or `--device cpu`");
    }
  }

  /** Weights, gradients and two moments; streams; kept values, scratch and logits. */
  private static long needed(ModelPlan plan, long rows) {
    var architecture = plan.model().architecture();
    int scratch = plan.blocks().stream().mapToInt(BlockPlan::scratchColumns).max().orElse(0);
    long columns =
        (architecture.layers().size() + 3L) * architecture.width()
            + scratch
            + architecture.vocabulary();
    return (4 * plan.parameterCount() + kept(plan, rows) + columns * rows) * Float.BYTES;
  }

  private static long kept(ModelPlan plan, long rows) {
    long columns = (long) plan.embed().savedColumns() + plan.head().savedColumns();
    for (int kind : plan.model().order()) {
      columns += plan.kinds().get(kind).savedColumns();
    }
    return columns * rows;
  }
}
