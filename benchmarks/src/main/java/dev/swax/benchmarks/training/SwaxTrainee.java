package dev.swax.benchmarks.training;

import dev.swax.compiler.load.CompiledModel;
import dev.swax.runtime.checkpoint.NamedTensor;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** swax's generated program in training. */
public final class SwaxTrainee implements Trainee {
  private final Program program;
  private final Sizes sizes;
  private final KernelTimes times;
  private final List<Parameter> parameters;
  private final Batch batch;
  private final int[] windows;
  private long steps;

  SwaxTrainee(Program program, Sizes sizes, KernelTimes times) {
    this.times = times;
    this.program = program;
    parameters = program.parameters();
    this.sizes = sizes;
    batch =
        new Batch(
            program.batch(),
            program.time(),
            Tokens.inputs(sizes),
            Tokens.targets(sizes),
            new boolean[sizes.tokens()]);
    windows = new int[program.windowNames().size()];
    Arrays.fill(windows, Sizes.WINDOW);
  }

  @Override
  public StepResult step() {
    steps++;
    program.clearGradients();
    double sum = program.accumulate(batch, windows, 1.0 / sizes.tokens());
    double norm = Math.sqrt(program.sumOfGradientSquares());
    program.update(Sizes.RATE, norm > Sizes.CLIP ? Sizes.CLIP / norm : 1, steps);
    return new StepResult(sum / sizes.tokens(), norm);
  }

  @Override
  public List<NamedTensor> gradients(Arena arena) {
    return named(parameters, Parameter::gradient);
  }

  @Override
  public String report() {
    return times.report();
  }

  private static List<NamedTensor> named(
      List<Parameter> parameters, Function<Parameter, Tensor> part) {
    return parameters.stream()
        .map(p ->
            new NamedTensor(p.spec().name(), p.spec().rows(), p.spec().columns(), part.apply(p)))
        .toList();
  }

  /** Starts it in a process of its own. */
  static TraineeProcess start(String name, Setting setting, Plan plan, Path weights)
      throws IOException {
    var arguments = new ArrayList<>(setting.words());
    arguments.add(Integer.toString(plan.threads()));
    arguments.add(weights.toString());
    arguments.add(Boolean.toString(plan.profile()));
    return TraineeProcess.start(name, SwaxTrainee.class, List.of(), arguments);
  }

  /** Arguments: size, model, sequence length, threads, file of weights, whether to time kernels. */
  public static void main(String[] arguments) throws IOException {
    Setting setting = Setting.of(arguments[0], arguments[1], arguments[2]);
    CompiledModel model = SwaxModel.compile(setting);
    try (Kernels vectors = new VectorKernels(Integer.parseInt(arguments[3]));
        Parameters parameters = Parameters.allocate(model.parameterSpecs(), true)) {
      Weights.read(Path.of(arguments[4]), named(parameters.all(), Parameter::value));
      var times = new KernelTimes(vectors);
      Kernels kernels = Boolean.parseBoolean(arguments[5]) ? times.kernels() : vectors;
      try (Program program =
          model.create(kernels, parameters, setting.batch(), setting.sequence(), 0, true)) {
        times.nameTasksOf(program);
        TraineeLoop.serve(new SwaxTrainee(program, setting.sizes(), times));
      }
    }
  }
}
