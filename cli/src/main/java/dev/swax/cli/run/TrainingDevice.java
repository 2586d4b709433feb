package dev.swax.cli.run;

import dev.swax.cli.Console;
import dev.swax.cli.Host;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.runtime.train.Recipe;

/** What computes the steps of a training. */
@FunctionalInterface
interface TrainingDevice {
  /** Refuses a training that does not fit, before anything of it is allocated. */
  TrainingProgram fit(TrainPlan plan, ModelPlan model);

  /** The one that the user chose. */
  static TrainingDevice of(MachineOptions machine, Host host) {
    return of(machine, host.console(), host.processes().ranks().size());
  }

  /** The same in one process. */
  static TrainingDevice of(MachineOptions machine, Console console) {
    return of(machine, console, 1);
  }

  private static TrainingDevice of(MachineOptions machine, Console console, int processes) {
    return switch (machine.device()) {
      case CPU -> (plan, model) -> onProcessor(plan, model, processes);
      case TORNADO ->
          new DeviceTraining(
              console, Accelerator.found(), Memory.machine(), machine.deviceOptions());
    };
  }

  private static TrainingProgram onProcessor(TrainPlan plan, ModelPlan model, int processes) {
    Memory.requireForTraining(plan, model, processes, Memory.machine());
    Recipe recipe = plan.recipe();
    return (code, kernels, parameters) ->
        code.create(kernels, parameters, recipe.microBatch(), recipe.read(), 0, true);
  }
}
