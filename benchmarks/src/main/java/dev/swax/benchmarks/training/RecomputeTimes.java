package dev.swax.benchmarks.training;

import com.sun.management.OperatingSystemMXBean;
import dev.swax.compiler.Lowering;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.plan.MemoryPlan;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.random.Initialization;
import dev.swax.runtime.train.Recompute;
import dev.swax.runtime.train.ResidentMemory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a step costs that computes something again: its planned and its resident memory, and its
 * processor time. Arguments: size, model, sequence length, threads, steps that are measured, and
 * {@code none}, {@code mixers} or {@code all}; each in a process of its own.
 */
final class RecomputeTimes {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private RecomputeTimes() {}

  public static void main(String[] arguments) throws IOException {
    Setting setting = Setting.of(arguments[0], arguments[1], arguments[2]);
    int batch = setting.batch();
    Recompute recompute = Recompute.of(arguments[5]);
    ModelPlan plan = Lowering.of(SwaxModel.architecture(setting)).plan().with(recompute);
    CompiledModel model = SwaxModel.compile(plan);
    double[] seconds = new double[Integer.parseInt(arguments[4])];
    try (Kernels kernels = new VectorKernels(Integer.parseInt(arguments[3]));
        Parameters parameters = Parameters.allocate(model.parameterSpecs(), true);
        Program program = model.create(kernels, parameters, batch, setting.sequence(), 0, true)) {
      Initialization.initialize(parameters.all(), 1);
      var trainee = new SwaxTrainee(program, setting.sizes(), new KernelTimes(kernels));
      trainee.step();
      for (int i = 0; i < seconds.length; i++) {
        long start = SYSTEM.getProcessCpuTime();
        trainee.step();
        seconds[i] = (SYSTEM.getProcessCpuTime() - start) / 1e9;
      }
    }
    Arrays.sort(seconds);
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | planned %d MiB | resident %d MiB | %.2f s best | %.2f s median |%n",
        setting,
        recompute.text(),
        MemoryPlan.training(plan, batch, setting.sequence()).process() >> 20,
        ResidentMemory.peakBytes() >> 20,
        seconds[0],
        seconds[seconds.length / 2]);
  }
}
