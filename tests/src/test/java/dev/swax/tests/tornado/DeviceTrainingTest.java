package dev.swax.tests.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.swax.compiler.Compiler;
import dev.swax.compiler.Lowering;
import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.load.CompiledDeviceModel;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.compiler.lower.BlockBuilder;
import dev.swax.compiler.model.Architecture;
import dev.swax.compiler.plan.ModelPlan;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.DeviceProgram;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.random.Initialization;
import dev.swax.runtime.tensor.Difference;
import dev.swax.runtime.tensor.Tensor;
import dev.swax.runtime.train.Recompute;
import dev.swax.tests.Golden;
import dev.swax.tests.SmallBlocks;
import dev.swax.tests.Stages;
import dev.swax.tornado.TornadoDevices;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The baselines train on a device as they do on the processor: losses and every gradient of three
 * steps. The device is the simulator, or what TornadoVM finds where its SDK is set.
 */
@Tag("devices")
class DeviceTrainingTest {
  private static final OptimizerSettings ADAMW = new OptimizerSettings(0.9, 0.95, 1e-8, 0.1);
  private static final int BATCH = 2;
  private static final int TIME = 21;
  private static final int STEPS = 3;
  private static final double RATE = 1e-3;

  /** Of the length of a gradient: sums of some hundred fp32 products, and three updates by them. */
  private static final double TOLERANCE = 1e-4;

  /** Of the tolerance and the length of all gradients: what large terms leave that cancel. */
  private static final double NOISE = 1e-2;

  private final SplittableRandom random = new SplittableRandom(7);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "swax_tiny",
        "swa_tiny",
        "xlstm_tiny",
        "transformer_tiny",
        "scan_tiny",
        "heads_tiny_model",
        "grouped_tiny",
        "experts_tiny"
      })
  void trainsAsTheProcessorDoes(String name) {
    train(name, Products.OWN, TOLERANCE, STEPS, false);
  }

  /** Near the initial weights: the norm of what is read amplifies roundings where that is small. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "gated_delta_tiny",
        "gla_tiny",
        "kda_tiny",
        "updates_tiny",
        "recurrent_tiny",
        "by_value_tiny"
      })
  void otherMemoriesTrainAsOnTheProcessor(String name) {
    train(name, Products.OWN, 2 * TOLERANCE, 1, false);
  }

  /** Near the initial weights: the norm of what a random retention reads amplifies roundings. */
  @Test
  void gradientsThatNothingReadsAreNotComputed() {
    train("retention_tiny", Products.OWN, TOLERANCE / 10, 1, false);
  }

  /**
   * Layers that read other layers and share weights; the second step has what the first changed.
   */
  @Test
  void wiredLayersTrainAsOnTheProcessor() {
    train("wired_tiny", Products.OWN, TOLERANCE, 2, false);
  }

  /** What layers compute again is a part of the plan, for any program. */
  @ParameterizedTest
  @EnumSource(names = {"MIXERS", "ALL"})
  void layersAreComputedAgain(Recompute recompute) {
    ModelPlan plan = Lowering.of(model("swax_tiny")).plan().with(recompute);
    train(plan, Products.OWN, TOLERANCE, 2, false);
  }

  @Test
  void everyFunctionIsThatOfTheProcessor() {
    train(SmallBlocks.plan(DeviceTrainingTest::everyFunction), Products.OWN, TOLERANCE, 1, false);
  }

  @ParameterizedTest
  @EnumSource(names = {"ROUTE", "EXPERTS"})
  void expertsTrainAsOnTheProcessor(SmallBlocks block) {
    train(block.plan(), Products.OWN, TOLERANCE, STEPS, false);
  }

  /** Every function of every value, and of the mean of each row. */
  private static ValueId everyFunction(BlockBuilder out, ValueId x) {
    int width = out.graph().type(x).columns();
    ValueId sum = out.graph().add(new Op.SumGroups(1), x);
    ValueId mean = out.binary(BinaryFunction.DIVIDE, sum, out.constant(width));
    ValueId y = x;
    for (UnaryFunction function : UnaryFunction.values()) {
      ValueId narrow = out.graph().add(new Op.SpreadGroups(width), function(out, function, mean));
      ValueId wide = function(out, function, x);
      y = out.binary(BinaryFunction.ADD, y, out.binary(BinaryFunction.ADD, wide, narrow));
    }
    return y;
  }

  /** Of x, or of {@code x² + 0.5} where the function is of positive numbers. */
  private static ValueId function(BlockBuilder out, UnaryFunction function, ValueId x) {
    boolean hasPole = function == UnaryFunction.RECIPROCAL || Double.isNaN(function.of(-1));
    ValueId square = out.unary(UnaryFunction.SQUARE, x);
    ValueId above = out.binary(BinaryFunction.ADD, square, out.constant(0.5));
    return out.unary(function, hasPole ? above : x);
  }

  @Test
  void trainsWithCapturedGraphs() {
    assumeTrue(hasCublas());
    train("swax_tiny", Products.OWN, TOLERANCE, STEPS, true);
  }

  @Test
  void trainsWithProductsOfTheLibrary() {
    assumeTrue(hasCublas());
    train("swax_tiny", Products.CUBLAS, TOLERANCE, STEPS, false);
  }

  /** One step: after it the weights themselves differ, by a step in another direction. */
  @ParameterizedTest
  @EnumSource(names = {"CUBLAS_TF32", "CUBLAS_BF16"})
  void roundedProductsAreNear(Products products) {
    assumeTrue(hasCublas());
    train("swax_tiny", products, products.tolerance(), 1, false);
  }

  private static boolean hasCublas() {
    return TornadoDevices.hasCublas() || TornadoDevices.isSimulated();
  }

  private void train(
      String name, Products products, double tolerance, int steps, boolean captured) {
    train(Lowering.of(model(name)).plan(), products, tolerance, steps, captured);
  }

  private void train(
      ModelPlan plan, Products products, double tolerance, int steps, boolean captured) {
    Architecture model = plan.model().architecture();
    CompiledModel code = Compiler.generate(plan, ADAMW);
    CompiledDeviceModel onDevice = Compiler.generateForDevice(plan, ADAMW, products);
    try (Kernels kernels = Kernels.open(1);
        Parameters expected = Parameters.allocate(code.parameterSpecs(), true);
        Parameters found = Parameters.allocate(code.parameterSpecs(), true);
        Program processor = code.create(kernels, expected, BATCH, TIME, 0, true);
        DeviceProgram device = onDevice.create(found, BATCH, TIME)) {
      DeviceArrays.require(onDevice.arrays(BATCH, TIME), device);
      if (tolerance == TOLERANCE) {
        expected.all().forEach(this::randomize);
      } else {
        Initialization.initialize(expected.all(), 1);
        expected.all().forEach(this::disturb);
      }
      for (Parameter parameter : expected.all()) {
        found.get(parameter.spec().name()).value().segment().copyFrom(parameter.value().segment());
      }
      List<String> compiled = new ArrayList<>();
      device.start(captured, (done, all, graph) -> compiled.add(graph));
      assertThat(compiled).contains("embedForward", "headBackward", "update");
      for (int step = 1; step <= steps; step++) {
        Batch batch = batch(model);
        int[] windows = model.windows().stream().mapToInt(_ -> 3 + random.nextInt(5)).toArray();
        step(processor, batch, windows);
        step(device, batch, windows);
        device.refreshParameters();
        requireClose(tolerance, "losses", step, processor.losses(), device.losses(), 0);
        double noise = NOISE * tolerance * Math.sqrt(processor.sumOfGradientSquares());
        for (Parameter parameter : expected.all()) {
          String weight = parameter.spec().name();
          requireClose(
              tolerance, weight, step, parameter.gradient(), found.get(weight).gradient(), noise);
        }
        processor.update(RATE, 0.5, step);
        device.update(RATE, 0.5, step);
      }
      device.refreshParameters();
      for (Parameter parameter : expected.all()) {
        String weight = parameter.spec().name();
        requireClose(tolerance, weight, steps, parameter.value(), found.get(weight).value(), 0);
      }
    }
  }

  private static void step(Program program, Batch batch, int[] windows) {
    program.clearGradients();
    program.accumulate(batch, windows, 1.0 / (2 * BATCH * TIME));
    program.accumulate(batch, windows, 1.0 / (2 * BATCH * TIME));
  }

  /** Weights that are random altogether, however ill-conditioned the model is with them. */
  private void randomize(Parameter parameter) {
    boolean matrix = parameter.spec().decayed();
    add(parameter, matrix ? 0 : 1, matrix ? 1 : 0.2);
  }

  /**
   * Weights near those that training begins with, for coarse products: they are well-conditioned.
   */
  private void disturb(Parameter parameter) {
    add(parameter, 0, parameter.spec().decayed() ? 0.5 : 0.1);
  }

  /**
   * {@code deviation} of a matrix: relative to one whose products keep the size of their factor.
   */
  private void add(Parameter parameter, double mean, double deviation) {
    double scale = parameter.spec().decayed() ? Math.sqrt(parameter.spec().rows()) : 1;
    Tensor value = parameter.value();
    for (long i = 0; i < value.length(); i++) {
      value.set(i, (float) (value.get(i) + mean + deviation / scale * random.nextGaussian()));
    }
  }

  private Batch batch(Architecture model) {
    Batch batch = Batch.allocate(BATCH, TIME);
    for (int row = 0; row < BATCH * TIME; row++) {
      batch.tokens()[row] = random.nextInt(model.vocabulary());
      batch.targets()[row] = random.nextInt(9) == 0 ? -1 : random.nextInt(model.vocabulary());
      batch.documentStarts()[row] = random.nextInt(10) == 0;
    }
    return batch;
  }

  private static void requireClose(
      double tolerance, String what, int step, Tensor expected, Tensor found, double noise) {
    var difference = Difference.of(expected, found);
    assertThat(difference.distance())
        .as("%s at step %d", what, step)
        .isLessThanOrEqualTo(tolerance * difference.length() + noise);
  }

  private static Architecture model(String name) {
    Path folder = Golden.folder("device");
    return Stages.analyze(folder, folder.resolve("baselines.swax")).models().stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
