package dev.swax.cli.run;

import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.runtime.UserError;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.DeviceProgram;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.tensor.Tensor;
import dev.swax.runtime.train.Recipe;
import java.util.SplittableRandom;

/**
 * Has a device prove itself before it trains: losses and all gradients of one random batch, at the
 * very sizes of the training, against those of the processor. Every kernel of the training runs in
 * it.
 */
final class DeviceCheck {
  /** What sums of fp32 in another order may differ by, relative to the length of a gradient. */
  static final double TOLERANCE = 1e-3;

  /**
   * A gradient that is shorter than this part of all of them is what large terms leave when they
   * cancel, so their rounding is the measure.
   */
  private static final double SMALL = 1e-3;

  private static final double RATE = 1e-3;

  /** One token in so many begins a document. */
  private static final int DOCUMENT = 200;

  private final CompiledModel code;
  private final Architecture model;
  private final Recipe recipe;
  private final Kernels kernels;
  private final SplittableRandom random = new SplittableRandom(1);

  DeviceCheck(CompiledModel code, TrainPlan plan, Kernels kernels) {
    this.code = code;
    this.model = Plans.architecture(plan);
    this.recipe = plan.recipe();
    this.kernels = kernels;
  }

  /**
   * Compares; the parameters are as before when it returns.
   *
   * @return what was found, in words
   * @throws UserError if the device is wrong
   */
  String run(DeviceProgram program, Parameters parameters) {
    int sequences = recipe.microBatch();
    int time = recipe.sequence();
    try (Parameters oracle = Parameters.allocate(code.parameterSpecs(), true);
        Parameters before = Parameters.allocate(code.parameterSpecs(), true);
        Program processor = code.create(kernels, oracle, sequences, time, 0, true)) {
      copy(parameters, before);
      oracle.all().forEach(this::randomize);
      copy(oracle, parameters);
      program.parametersChanged();
      program.clearGradients();
      Batch batch = batch(sequences, time);
      int[] windows = Plans.windows(model, recipe.testWindows());
      double scale = 1.0 / recipe.batchTokens();
      double expected = processor.accumulate(batch, windows, scale);
      double found = program.accumulate(batch, windows, scale);
      program.refreshParameters();
      require("the loss", Math.abs(found - expected) / Math.abs(expected));
      double small = SMALL * Math.sqrt(processor.sumOfGradientSquares());
      double worst = 0;
      for (Parameter parameter : oracle.all()) {
        String name = parameter.spec().name();
        double error = difference(parameter.gradient(), parameters.get(name).gradient(), small);
        require("the gradient of " + name, error);
        worst = Math.max(worst, error);
      }
      processor.update(RATE, 1, 1);
      program.update(RATE, 1, 1);
      program.refreshParameters();
      for (Parameter parameter : oracle.all()) {
        String name = parameter.spec().name();
        require(
            "the update of " + name,
            difference(parameter.value(), parameters.get(name).value(), 0));
      }
      copy(before, parameters);
      program.clearGradients();
      program.parametersChanged();
      return "checked against the processor: gradients differ by at most %.1e".formatted(worst);
    }
  }

  private static void require(String what, double error) {
    if (!(error <= TOLERANCE)) {
      throw new UserError(
          "the device computes wrongly: %s differs from the processor's by %.1e, more than %.0e"
              .formatted(what, error, TOLERANCE),
          "`--device cpu`; or `--no-device-check` to train all the same");
    }
  }

  private void randomize(Parameter parameter) {
    Tensor value = parameter.value();
    boolean matrix = parameter.spec().decayed();
    double deviation = matrix ? 1 / Math.sqrt(parameter.spec().rows()) : 0.2;
    for (long i = 0; i < value.length(); i++) {
      value.set(i, (float) ((matrix ? 0 : 1) + deviation * random.nextGaussian()));
    }
  }

  private Batch batch(int sequences, int time) {
    Batch batch = Batch.allocate(sequences, time);
    for (int row = 0; row < sequences * time; row++) {
      batch.tokens()[row] = random.nextInt(model.vocabulary());
      batch.targets()[row] = random.nextInt(model.vocabulary());
      batch.documentStarts()[row] = random.nextInt(DOCUMENT) == 0;
    }
    return batch;
  }

  private static void copy(Parameters from, Parameters to) {
    for (Parameter parameter : from.all()) {
      Parameter target = to.get(parameter.spec().name());
      target.value().segment().copyFrom(parameter.value().segment());
      target.first().segment().copyFrom(parameter.first().segment());
      target.second().segment().copyFrom(parameter.second().segment());
    }
  }

  private static double difference(Tensor expected, Tensor found, double small) {
    double difference = 0;
    double length = 0;
    for (long i = 0; i < expected.length(); i++) {
      double apart = (double) expected.get(i) - found.get(i);
      difference += apart * apart;
      length += (double) expected.get(i) * expected.get(i);
    }
    return Math.sqrt(difference) / Math.max(Math.sqrt(length) + small, Double.MIN_NORMAL);
  }
}
