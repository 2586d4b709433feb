package dev.swax.cli.run;

import dev.swax.compiler.load.CompiledDeviceModel;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.plan.MemoryPlan;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.runtime.UserError;
import dev.swax.runtime.program.DeviceProgram;
import dev.swax.runtime.train.Recipe;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a training that does not fit on a device, or on the host beside it, before anything is
 * allocated.
 *
 * @param host bytes of this machine's memory
 * @param checked whether the processor computes a batch as well
 */
record DeviceMemory(
    TrainPlan train, ModelPlan plan, Accelerator device, long host, boolean checked) {

  void require(CompiledDeviceModel code) {
    String obstacle = obstacle(code, train.recipe().microBatch());
    if (obstacle != null) {
      throw new UserError(
          "training %s (%s) %s".formatted(train.name(), train.span(), obstacle), help(code));
    }
  }

  /** What does not fit of so many sequences, in words, or null. */
  private @Nullable String obstacle(CompiledDeviceModel code, int batch) {
    int time = train.recipe().sequence();
    DeviceProgram.Arrays arrays;
    try {
      arrays = code.arrays(batch, time);
    } catch (UserError tooLong) {
      return "does not fit: " + tooLong.getMessage();
    }
    if (arrays.bytes() > device.memory()) {
      return "needs %s on the device, but %s has %s"
          .formatted(gibibytes(arrays.bytes()), device.name(), gibibytes(device.memory()));
    }
    DeviceProgram.Array largest = arrays.largest();
    if (largest.bytes() > device.largestArray()) {
      return "needs an array of %s for %s, but %s allows %s at most"
          .formatted(
              gibibytes(largest.bytes()),
              largest.name(),
              device.name(),
              gibibytes(device.largestArray()));
    }
    long needed = arrays.bytes() + besideArrays(batch, time);
    if (needed > host) {
      return "needs %s on this machine, which %s; it has %s"
          .formatted(
              gibibytes(needed),
              checked
                  ? "holds a copy of every array and computes a batch for the check"
                  : "holds a copy of every array",
              gibibytes(host));
    }
    return null;
  }

  /**
   * Bytes that the host holds beside its side of the arrays: the parameters, and in the check the
   * processor's program with parameters of its own and what those were before an update.
   */
  private long besideArrays(int batch, int time) {
    MemoryPlan processor = MemoryPlan.training(plan, batch, time);
    return checked
        ? processor.process() + processor.parameters() + plan.model().parameterCount() * Float.BYTES
        : processor.parameters() + MemoryPlan.PROCESS;
  }

  /** The largest part of a batch that fits. */
  private String help(CompiledDeviceModel code) {
    Recipe recipe = train.recipe();
    int sequences = recipe.batchTokens() / recipe.sequence();
    for (int batch = recipe.microBatch() - 1; batch > 0; batch--) {
      if (sequences % batch == 0 && obstacle(code, batch) == null) {
        return "`micro_batch = %d tok` fits; or `--device cpu`"
            .formatted(batch * recipe.sequence());
      }
    }
    return "a smaller `seq` or model, or `--device cpu`";
  }

  private static String gibibytes(long bytes) {
    return Memory.gibibytes(bytes);
  }
}
