package dev.swax.cli.run;

import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.model.TrainPlan;
import dev.swax.runtime.UserError;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.DeviceProgram;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.ParameterSpec;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.random.Initialization;
import dev.swax.runtime.tensor.Difference;
import dev.swax.runtime.tensor.Tensor;
import dev.swax.runtime.train.Recipe;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Has a device prove itself before it trains: the loss and all gradients of one random batch, at
 * the very sizes of the training, the norm of the gradients and an update, against those of the
 * processor. Every kernel of the training runs in it.
 */
final class DeviceCheck {
  /** What a norm and an update by the same gradients may differ by, relative to their length. */
  static final double TOLERANCE = 1e-3;

  /**
   * A gradient that is shorter than this part of all of them is what large terms leave when they
   * cancel, so their rounding is the measure.
   */
  private static final double SMALL = 1e-3;

  /** By how much two roundings of a number to fp32 can differ, as a part of it. */
  private static final double ROUNDING = 0x1p-23;

  private static final double RATE = 1e-3;
  private static final double GRADIENT_SCALE = 0.5;

  /** What of the tolerance a loss may take: it went through the layers once, and is a mean. */
  private static final double LOSS = 0.1;

  /** One token in so many begins a document. */
  private static final int DOCUMENT = 200;

  private final CompiledModel code;
  private final Architecture model;
  private final Recipe recipe;
  private final Kernels kernels;
  private final Products products;
  private final SplittableRandom random = new SplittableRandom(1);

  /**
   * @param products what multiplies matrices on the device: loss and gradients may differ by its
   *     tolerance
   */
  DeviceCheck(CompiledModel code, TrainPlan plan, Kernels kernels, Products products) {
    this.code = code;
    this.model = Plans.architecture(plan);
    this.recipe = plan.recipe();
    this.kernels = kernels;
    this.products = products;
  }

  /**
   * Compares.
   *
   * @param parameters of the program; all zeros when this returns
   * @return what was found, in words
   * @throws UserError if the device is wrong
   */
  String run(DeviceProgram program, Parameters parameters) {
    int sequences = recipe.microBatch();
    int time = recipe.sequence();
    try (Parameters oracle = Parameters.allocate(code.parameterSpecs(), true);
        Parameters before = Parameters.allocate(code.parameterSpecs(), false);
        Program processor = code.create(kernels, oracle, sequences, time, 0, true)) {
      Initialization.initializeForComparison(oracle.all(), recipe.seed(), random);
      for (Parameter parameter : oracle.all()) {
        String name = parameter.spec().name();
        copy(parameter.value(), before.get(name).value());
        copy(parameter.value(), parameters.get(name).value());
      }
      program.parametersChanged();
      program.clearGradients();
      requireLoss(processor, program);
      Worst worst = requireGradients(processor, program, parameters);
      requireUpdate(processor, before, program, parameters);
      parameters.all().forEach(DeviceCheck::clear);
      program.clearGradients();
      program.parametersChanged();
      return String.format(
          Locale.ROOT,
          "checked against the processor: gradients differ by at most %.1e (%s)",
          worst.error(),
          worst.weight());
    }
  }

  private void requireLoss(Program processor, DeviceProgram program) {
    Batch batch = batch(recipe.microBatch(), recipe.sequence());
    int[] windows = Plans.windows(model, recipe.testWindows());
    double scale = 1.0 / recipe.batchTokens();
    processor.addZLoss(recipe.zLoss());
    program.addZLoss(recipe.zLoss());
    double expected = processor.accumulate(batch, windows, scale);
    if (!Double.isFinite(expected)) {
      throw new UserError(
          "a device cannot be checked: the loss of random weights is %s on the processor"
              .formatted(expected),
          "`--no-device-check` to train all the same");
    }
    double found = program.accumulate(batch, windows, scale);
    int rows = recipe.microBatch() * recipe.sequence();
    require(
        String.format(
            Locale.ROOT, "the loss, %.4f instead of %.4f,", found / rows, expected / rows),
        Math.abs(found - expected) / Math.abs(expected),
        LOSS * products.tolerance());
    require(
        "the z-loss",
        Math.abs(program.zLoss() - processor.zLoss())
            / Math.max(processor.zLoss(), Double.MIN_NORMAL),
        LOSS * products.tolerance());
  }

  /** The gradient that differs most. */
  private record Worst(String weight, double error) {}

  private Worst requireGradients(Program processor, DeviceProgram program, Parameters parameters) {
    program.refreshParameters();
    double small = SMALL * Math.sqrt(processor.sumOfGradientSquares());
    Worst worst = new Worst("", 0);
    for (Parameter expected : processor.parameters()) {
      String name = expected.spec().name();
      var difference = Difference.of(expected.gradient(), parameters.get(name).gradient());
      double error = difference.relativeTo(difference.length() + small);
      require("the gradient of " + name, error, products.tolerance());
      worst = error < worst.error() ? worst : new Worst(name, error);
    }
    return worst;
  }

  /**
   * An update by the device's own gradients on both sides: AdamW takes little more than their
   * signs, and those of gradients that are rounding only differ.
   */
  private void requireUpdate(
      Program processor, Parameters before, DeviceProgram program, Parameters parameters) {
    for (Parameter expected : processor.parameters()) {
      copy(parameters.get(expected.spec().name()).gradient(), expected.gradient());
    }
    double norm = Math.sqrt(processor.sumOfGradientSquares());
    double found = Math.sqrt(program.sumOfGradientSquares());
    require(
        "the norm of all gradients",
        Math.abs(found - norm) / Math.max(norm, Double.MIN_NORMAL),
        TOLERANCE);
    update(processor);
    update(program);
    program.refreshParameters();
    for (Parameter expected : processor.parameters()) {
      String name = expected.spec().name();
      Parameter there = parameters.get(name);
      var value = Difference.of(expected.value(), there.value());
      double step = Difference.of(before.get(name).value(), expected.value()).distance();
      double rounding = ROUNDING / TOLERANCE * value.length();
      require("the update of " + name, value.relativeTo(step + rounding), TOLERANCE);
      requireMoment("the first moment of " + name, expected.first(), there.first());
      if (there.kept().second()) {
        requireMoment("the second moment of " + name, expected.second(), there.second());
      }
    }
  }

  private void update(Program program) {
    if (recipe.optimizer().isPlain()) {
      program.update(RATE, GRADIENT_SCALE, 1);
    } else {
      List<ParameterSpec> specs = program.parameters().stream().map(Parameter::spec).toList();
      program.update(recipe.optimizer().rules(specs), RATE, GRADIENT_SCALE, 1);
    }
  }

  /** Devices may take the smallest numbers of fp32 for nothing. */
  private void requireMoment(String what, Tensor expected, Tensor found) {
    var difference = Difference.of(expected, found);
    double nothing = Float.MIN_NORMAL / TOLERANCE * Math.sqrt(expected.length());
    require(what, difference.relativeTo(difference.length() + nothing), TOLERANCE);
  }

  private void require(String what, double error, double tolerance) {
    if (!(error <= tolerance)) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "the device computes wrong values: %s differs from the processor's by %.1e, more than %.0e",
              what,
              error,
              tolerance),
          "%s`--device cpu`; or `--no-device-check` to train all the same"
              .formatted(products == Products.OWN ? "" : "`--matmul own` or "));
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

  private static void copy(Tensor from, Tensor to) {
    to.segment().copyFrom(from.segment());
  }

  private static void clear(Parameter parameter) {
    parameter.value().clear();
    parameter.gradient().clear();
    parameter.first().clear();
    parameter.second().clear();
  }
}
