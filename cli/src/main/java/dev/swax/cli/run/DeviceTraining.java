package dev.swax.cli.run;

import dev.swax.cli.Console;
import dev.swax.cli.input.Selection;
import dev.swax.cli.input.StageText;
import dev.swax.compiler.Compiler;
import dev.swax.compiler.load.CompiledDeviceModel;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.runtime.UserError;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.program.DeviceProgram;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.train.Recipe;

/**
 * Training on an accelerator.
 *
 * @param host bytes of this machine's memory
 */
record DeviceTraining(Console console, Accelerator device, long host, DeviceOptions options)
    implements TrainingDevice {

  @Override
  public TrainingProgram fit(TrainPlan plan, ModelPlan model) {
    requireOffered(plan);
    Selection.trainableOnDevice(model.model().architecture());
    ModelPlan computed = model.with(plan.recipe().recompute());
    CompiledDeviceModel deviceCode =
        Compiler.generateForDevice(
            computed,
            StageText.settings(plan.recipe().optimizer()),
            options.products(),
            Loading.programs(console));
    new DeviceMemory(plan, computed, device, host, options.checked()).require(deviceCode);
    return (code, kernels, parameters) -> start(plan, deviceCode, code, kernels, parameters);
  }

  /** What only the processor computes. */
  private static void requireOffered(TrainPlan plan) {
    if (plan.recipe().carry() > 0) {
      throw new UserError(
          "`train %s` (%s) has `carry`, which devices do not compute yet"
              .formatted(plan.name(), plan.span()),
          "`--device cpu`");
    }
  }

  private Program start(
      TrainPlan plan,
      CompiledDeviceModel deviceCode,
      CompiledModel code,
      Kernels kernels,
      Parameters parameters) {
    Recipe recipe = plan.recipe();
    DeviceProgram program =
        device.create(deviceCode, parameters, recipe.microBatch(), recipe.sequence());
    try {
      console.message("compiling the kernels of " + device.name());
      program.start(
          options.captured(),
          (done, all, name) -> console.message("  %d of %d: %s".formatted(done, all, name)));
      if (options.checked()) {
        console.message(
            new DeviceCheck(code, plan, kernels, options.products()).run(program, parameters));
      }
      return program;
    } catch (RuntimeException | Error e) {
      try {
        program.close();
      } catch (RuntimeException | Error second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }
}
