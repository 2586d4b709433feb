package dev.swax.tests.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.compiler.Lowering;
import dev.swax.compiler.codegen.OptimizerSettings;
import dev.swax.compiler.codegen.tornado.DeviceFamilies;
import dev.swax.compiler.codegen.tornado.DeviceProgramEmitter;
import dev.swax.compiler.codegen.tornado.Products;
import dev.swax.compiler.interpret.Bindings;
import dev.swax.compiler.interpret.Matrix;
import dev.swax.compiler.interpret.ModelInterpreter;
import dev.swax.compiler.load.CompiledDeviceModel;
import dev.swax.compiler.load.CompiledModel;
import dev.swax.runtime.UserError;
import dev.swax.runtime.kernel.Kernels;
import dev.swax.runtime.kernel.VectorKernels;
import dev.swax.runtime.program.Batch;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.ParameterSpec;
import dev.swax.runtime.program.Parameters;
import dev.swax.runtime.program.Program;
import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** A small model of the zoo beside the numbers of its published code. */
final class ZooCheck {
  private static final OptimizerSettings ADAMW = new OptimizerSettings(0.9, 0.95, 1e-8, 0.1);

  /** Double against double; scales and epsilons are numbers that fp32 holds. */
  private static final double DOUBLE = 1e-6;

  // A logit or a gradient sums some hundred products of values that come through some thirty ops,
  // each of which is off by a rounding, 6e-8. What cancels inside a block leaves noise that is
  // relative to what went in, not to what comes out.
  private static final double SINGLE = 2e-4;
  private static final double NOISE = 2e-6;

  /**
   * What rounding leaves of a gradient that is 0, as that of the bias of keys without positions.
   */
  private static final double DOUBLE_NOISE = 1e-12;

  private final ZooNumbers numbers;
  private final Lowering lowering;
  private final int[] windows;

  ZooCheck(ZooModel model, ZooNumbers numbers) {
    this.numbers = numbers;
    var architecture = model.small(numbers.vocabulary());
    this.lowering = Lowering.of(architecture);
    this.windows =
        architecture.windows().stream().mapToInt(window -> window.schedule().testValue()).toArray();
  }

  /** The largest difference of a logit in double; gradients are compared too. */
  double interpreter() {
    var oracle = new ModelInterpreter(lowering.ir(), numbers.weights(), this::bindings);
    double[] logits = oracle.forward().logits().values();
    double difference = requireLogits(logits, DOUBLE);
    Map<String, Matrix> gradients = oracle.gradients(scale());
    requireGradients(name -> of(gradients, name).values(), DOUBLE, DOUBLE_NOISE);
    return difference;
  }

  /** The same of the kernels, the logits token by token. */
  double kernels() {
    CompiledModel compiled = CompiledModel.of(lowering.plan(), ADAMW, "test");
    try (Kernels kernels = new VectorKernels(1)) {
      gradientsOf(compiled, kernels);
      return logitsOf(compiled, kernels);
    }
  }

  private void gradientsOf(CompiledModel compiled, Kernels kernels) {
    Batch batch = numbers.batch();
    try (Parameters parameters = filled(compiled.parameterSpecs(), true);
        Program program =
            compiled.create(kernels, parameters, batch.batch(), batch.time(), 0, true)) {
      requireStep(program, parameters);
    }
  }

  /** Loss and gradients of a training step on a device. */
  void device() {
    Batch batch = numbers.batch();
    List<ParameterSpec> specs = CompiledModel.of(lowering.plan(), ADAMW, "test").parameterSpecs();
    CompiledDeviceModel compiled =
        CompiledDeviceModel.of(lowering.plan(), ADAMW, Products.OWN, "test");
    try (Parameters parameters = filled(specs, true);
        Program program = compiled.create(parameters, batch.batch(), batch.time())) {
      program.clearGradients();
      requireStep(program, parameters);
    }
  }

  /** Why there is no program for devices; empty where there is one. */
  Optional<String> deviceObstacle() {
    Optional<String> obstacle = DeviceFamilies.findObstacle(lowering.ir().architecture());
    if (obstacle.isPresent()) {
      return obstacle;
    }
    try {
      DeviceProgramEmitter.emit(lowering.plan(), ADAMW, Products.OWN, "test");
      return Optional.empty();
    } catch (UserError e) {
      return Optional.of(Objects.requireNonNull(e.getMessage()));
    }
  }

  private void requireStep(Program program, Parameters parameters) {
    double loss = program.accumulate(numbers.batch(), windows, scale()) * scale();
    assertThat(loss).as("loss").isCloseTo(numbers.loss(), within(SINGLE * numbers.loss()));
    program.refreshParameters();
    requireGradients(name -> values(parameters.get(name).gradient()), SINGLE, NOISE);
  }

  private double logitsOf(CompiledModel compiled, Kernels kernels) {
    int length = numbers.batch().time();
    int rows = numbers.logits().rows();
    int vocabulary = numbers.vocabulary();
    double[] found = new double[rows * vocabulary];
    try (Parameters parameters = filled(compiled.parameterSpecs(), false);
        Program program = compiled.create(kernels, parameters, 1, 1, length, false)) {
      for (int row = 0; row < rows; row++) {
        if (row % length == 0) {
          program.resetState();
        }
        program.evaluate(token(row), windows);
        for (int i = 0; i < vocabulary; i++) {
          found[row * vocabulary + i] = program.logits().get(i);
        }
      }
    }
    return requireLogits(found, SINGLE);
  }

  /** Within so much of the largest logit; returns the largest difference. */
  private double requireLogits(double[] found, double tolerance) {
    double[] expected = numbers.logits().values();
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertThat(found).hasSameSizeAs(expected);
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i])
          .as("logit %d of token %d", i % numbers.vocabulary(), i / numbers.vocabulary())
          .isCloseTo(expected[i], within(tolerance * largest));
      difference = Math.max(difference, Math.abs(found[i] - expected[i]));
    }
    return difference;
  }

  private void requireGradients(
      Function<String, double[]> gradients, double tolerance, double noise) {
    double largest =
        numbers.gradients().values().stream().mapToDouble(g -> g[0]).max().orElseThrow();
    numbers
        .gradients()
        .forEach((name, expected) -> {
          double[] found = gradients.apply(name);
          double allowed = tolerance * expected[0] + noise * largest;
          assertThat(norm(found))
              .as("norm of the gradient of %s", name)
              .isCloseTo(expected[0], within(allowed));
          int[] places = ZooNumbers.places(found.length);
          for (int i = 0; i < places.length; i++) {
            assertThat(found[places[i]])
                .as("gradient of %s[%d]", name, places[i])
                .isCloseTo(expected[i + 1], within(allowed));
          }
        });
  }

  private Parameters filled(List<ParameterSpec> specs, boolean training) {
    Parameters parameters = Parameters.allocate(specs, training);
    assertThat(parameters.all())
        .extracting(parameter -> parameter.spec().name())
        .containsExactlyInAnyOrderElementsOf(numbers.weights().keySet());
    for (Parameter parameter : parameters.all()) {
      Matrix weight = of(numbers.weights(), parameter.spec().name());
      assertThat(weight.rows() + " x " + weight.columns())
          .as(parameter.spec().name())
          .isEqualTo(parameter.spec().rows() + " x " + parameter.spec().columns());
      for (int i = 0; i < weight.values().length; i++) {
        parameter.value().set(i, (float) weight.values()[i]);
      }
    }
    return parameters;
  }

  private double scale() {
    return 1.0 / numbers.logits().rows();
  }

  private Bindings bindings() {
    Batch batch = numbers.batch();
    return new Bindings(batch.batch(), batch.time())
        .tokens(batch.tokens())
        .targets(batch.targets())
        .documentStarts(batch.documentStarts())
        .windows(windows);
  }

  private Batch token(int row) {
    Batch token = Batch.allocate(1, 1);
    token.tokens()[0] = numbers.batch().tokens()[row];
    token.targets()[0] = numbers.batch().targets()[row];
    return token;
  }

  private static Matrix of(Map<String, Matrix> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(value -> value * value).sum());
  }

  private static double[] values(Tensor tensor) {
    double[] values = new double[(int) tensor.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.get(i);
    }
    return values;
  }
}
