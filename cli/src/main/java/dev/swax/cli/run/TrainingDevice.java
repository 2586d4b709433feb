package dev.swax.cli.run;

import dev.swax.cli.Console;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.runtime.train.Recipe;

/** What computes the steps of a training. */
@FunctionalInterface
interface TrainingDevice {
  /** Refuses a training that does not fit, before anything of it is allocated. */
  TrainingProgram fit(TrainPlan plan, ModelPlan model);

  /** The one that the user chose. */
  static TrainingDevice of(MachineOptions machine, Console console) {
    return switch (machine.device()) {
      case CPU -> TrainingDevice::onProcessor;
      case TORNADO ->
          new DeviceTraining(
              console, Accelerator.found(), Memory.machine(), machine.deviceOptions());
    };
  }

  private static TrainingProgram onProcessor(TrainPlan plan, ModelPlan model) {
    Memory.requireForTraining(plan, model, Memory.machine());
    Recipe recipe = plan.recipe();
    return (code, kernels, parameters) ->
        code.create(kernels, parameters, recipe.microBatch(), recipe.sequence(), 0, true);
  }
}
