package dev.swax.compiler.analyze.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.runtime.kernel.step.StepFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The functions of a step are those of graphs, by name and by meaning. */
class StepFunctionsTest {
  private static final double[] POINTS = {-3, -1, -0.25, 0.25, 0.75, 1, 2.5};

  @ParameterizedTest
  @EnumSource
  void everyFunctionOfOneValue(UnaryFunction function) {
    StepFunction same = StepFunction.valueOf(function.name());
    assertThat(same.arity()).isEqualTo(1);
    for (double x : POINTS) {
      close(same.of(x, 0), function.of(x));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyFunctionOfTwoValues(BinaryFunction function) {
    StepFunction same = StepFunction.valueOf(function.name());
    assertThat(same.arity()).isEqualTo(2);
    for (double a : POINTS) {
      for (double b : POINTS) {
        close(same.of(a, b), function.of(a, b));
      }
    }
  }

  private static void close(double found, double wanted) {
    if (Double.isNaN(wanted)) {
      assertThat(found).isNaN();
    } else {
      assertThat(found).isCloseTo(wanted, within(1e-12));
    }
  }
}
