package dev.swax.compiler.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.compiler.interpret.Bindings;
import dev.swax.compiler.interpret.FiniteDifferences;
import dev.swax.compiler.interpret.Matrix;
import dev.swax.compiler.interpret.ModelInterpreter;
import dev.swax.compiler.lower.LowerModel;
import dev.swax.compiler.lower.LoweredModel;
import dev.swax.compiler.testing.Models;
import dev.swax.compiler.testing.WiredModels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gradients of whole random models against central differences of their loss. */
class ModelGradientTest {
  private static final int BATCH = 2;
  private static final int TIME = 4;
  private static final int[] WINDOWS = {2, 3};
  private static final double STEP = 1e-4;

  // Truncation is 1e-8 times a third derivative of some hundred, rounding 1e-16 / 1e-4 times the
  // loss.
  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
  void oneNumberOfEachParameter(long seed) {
    check(LowerModel.lower(Models.random(seed, WINDOWS)), seed);
  }

  @ParameterizedTest
  @EnumSource
  void oneNumberOfEachParameter(WiredModels wired) {
    check(wired.model(), wired.ordinal());
  }

  private static void check(LoweredModel model, long seed) {
    var random = new SplittableRandom(seed);
    Map<String, Matrix> parameters = parameters(model, random);
    int[] tokens = random.ints(BATCH * TIME, 0, Models.VOCABULARY).toArray();
    int[] targets = random.ints(BATCH * TIME, -1, Models.VOCABULARY).toArray();
    var oracle =
        new ModelInterpreter(
            model,
            parameters,
            () -> new Bindings(BATCH, TIME).tokens(tokens).targets(targets).windows(WINDOWS));
    Map<String, Matrix> gradients = oracle.gradients(1);
    assertThat(gradients).containsOnlyKeys(parameters.keySet());
    parameters.forEach((name, parameter) -> {
      int i = random.nextInt(parameter.values().length);
      double value = parameter.values()[i];
      parameter.values()[i] = value + STEP;
      double above = loss(oracle);
      parameter.values()[i] = value - STEP;
      double below = loss(oracle);
      parameter.values()[i] = value;
      Matrix gradient = gradients.getOrDefault(name, Matrix.zeros(0, 0));
      assertThat(gradient.values()[i])
          .as("%s[%d], seed %d", name, i, seed)
          .isCloseTo((above - below) / (2 * STEP), within(TOLERANCE * above));
    });
  }

  private static double loss(ModelInterpreter oracle) {
    return DoubleStream.of(oracle.forward().losses().values()).sum();
  }

  private static Map<String, Matrix> parameters(LoweredModel model, SplittableRandom random) {
    Map<String, Matrix> parameters = new LinkedHashMap<>();
    WiredModels.parameters(model)
        .forEach((name, parameter) -> {
          double mean = parameter.decayed() ? 0 : 1;
          parameters.put(
              name,
              FiniteDifferences.normal(random, parameter.rows(), parameter.columns(), mean, 0.2));
        });
    return parameters;
  }
}
