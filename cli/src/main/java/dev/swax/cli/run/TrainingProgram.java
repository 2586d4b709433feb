package dev.swax.cli.run;

import dev.swax.cli.Host;
import dev.swax.cli.input.StageText;
import dev.swax.compiler.Compiler;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.program.DeviceProgram;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.train.Recipe;

/** Makes the program that trains, on the device that the user chose. */
final class TrainingProgram {
  private final Host host;
  private final TrainPlan plan;
  private final Recipe recipe;
  private final CompiledModel code;
  private final MachineOptions machine;

  TrainingProgram(Host host, TrainPlan plan, CompiledModel code, MachineOptions machine) {
    this.host = host;
    this.plan = plan;
    this.recipe = plan.recipe();
    this.code = code;
    this.machine = machine;
  }

  /** The program; one on a device has its kernels compiled, and checked where that is wanted. */
  Program create(Kernels kernels, Parameters parameters) {
    return switch (machine.device()) {
      case CPU -> code.create(kernels, parameters, recipe.microBatch(), recipe.sequence(), 0, true);
      case TORNADO -> onDevice(kernels, parameters);
    };
  }

  private Program onDevice(Kernels kernels, Parameters parameters) {
    ModelPlan model = Compiler.plan(Plans.architecture(plan));
    DeviceProgram program =
        Compiler.generateForDevice(model, StageText.settings(recipe.optimizer()))
            .create(parameters, recipe.microBatch(), recipe.sequence());
    host.console().message("compiling the kernels of %s".formatted(machine.describeDevice()));
    program.start(
        (done, all, name) -> host.console().message("  %d of %d: %s".formatted(done, all, name)));
    if (machine.checked()) {
      String found = new DeviceCheck(code, plan, kernels).run(program, parameters);
      host.console().message(found);
    }
    return program;
  }
}
