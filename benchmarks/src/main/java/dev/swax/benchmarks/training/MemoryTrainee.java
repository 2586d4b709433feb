package dev.swax.benchmarks.training;

import dev.swax.compiler.load.CompiledModel;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.random.Initialization;
import java.io.IOException;
import java.util.List;

/** A model of one memory in training, from the first values that `swax train` gives it. */
public final class MemoryTrainee {
  /** Of all models here. */
  static final Sizes SIZES = Sizes.SIZE_3M;

  private MemoryTrainee() {}

  /** Starts it in a process of its own. */
  static TraineeProcess start(String name, String memory, int sequence, int threads)
      throws IOException {
    return TraineeProcess.start(
        name,
        MemoryTrainee.class,
        List.of(),
        List.of(memory, Integer.toString(sequence), Integer.toString(threads)));
  }

  /** Arguments: the memory as a file would say it, sequence length, threads. */
  public static void main(String[] arguments) throws IOException {
    CompiledModel model = SwaxModel.compile(arguments[0]);
    int sequence = Integer.parseInt(arguments[1]);
    try (Kernels kernels = new VectorKernels(Integer.parseInt(arguments[2]));
        Parameters parameters = Parameters.allocate(model.parameterSpecs(), true)) {
      Initialization.initialize(parameters.all(), 1);
      var times = new KernelTimes(kernels);
      int batch = SIZES.tokens() / sequence;
      try (Program program = model.create(times.kernels(), parameters, batch, sequence, 0, true)) {
        times.nameTasksOf(program);
        TraineeLoop.serve(new SwaxTrainee(program, SIZES, times));
      }
    }
  }
}
