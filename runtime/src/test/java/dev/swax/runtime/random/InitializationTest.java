package dev.swax.runtime.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.swax.runtime.program.Initializer;
import dev.swax.runtime.program.Parameter;
import dev.swax.runtime.program.ParameterSpec;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.Test;

class InitializationTest {
  private static final Arena ARENA = Arena.ofAuto();

  @Test
  void valuesDoNotDependOnTheOrderOfParameters() {
    Parameter a = parameter("a", 300, 300, new Initializer.Normal(0.5));
    Parameter b = parameter("b", 3, 5, new Initializer.Normal(0.5));
    Initialization.initialize(List.of(a, b), 9);
    Parameter again = parameter("a", 300, 300, new Initializer.Normal(0.5));
    Initialization.initialize(List.of(again), 9);
    for (int i = 0; i < 300 * 300; i++) {
      assertThat(again.value().get(i)).isEqualTo(a.value().get(i));
    }
    assertThat(b.value().get(0)).isNotEqualTo(a.value().get(0));
  }

  @Test
  void functionsOfUniformValuesStayBetweenThoseOfItsEnds() {
    var uniform = new Initializer.Uniform(1, 16);
    var logarithm = new Initializer.Of(Initializer.Function.LOG, uniform);
    Parameter a = parameter("a", 1, 4_000, new Initializer.Affine(-2, 1, logarithm));
    Parameter plain = parameter("a", 1, 4_000, uniform);
    Initialization.initialize(List.of(a, plain), 5);
    double sum = 0;
    for (int i = 0; i < 4_000; i++) {
      double value = plain.value().get(i);
      assertThat(value).isBetween(1.0, 16.0);
      assertThat((double) a.value().get(i)).isCloseTo(1 - 2 * Math.log(value), within(1e-6));
      sum += value;
    }
    assertThat(sum / 4_000).isCloseTo(8.5, within(4 * 15 / Math.sqrt(12 * 4_000)));
  }

  @Test
  void normalHasItsDeviation() {
    Parameter a = parameter("a", 500, 400, new Initializer.Normal(0.02));
    Initialization.initialize(List.of(a), 1);
    double squares = 0;
    for (int i = 0; i < 200_000; i++) {
      squares += a.value().get(i) * a.value().get(i);
    }
    double expected = 0.02 * 0.02;
    assertThat(squares / 200_000).isCloseTo(expected, within(4 * expected * Math.sqrt(2e-5 / 2)));
  }

  @Test
  void linspaceIncludesItsEnds() {
    Parameter a = parameter("a", 2, 4, new Initializer.Linspace(3, 6));
    Initialization.initialize(List.of(a), 1);
    for (int i = 0; i < 8; i++) {
      assertThat(a.value().get(i)).isEqualTo(3 + i % 4);
    }
    Parameter single = parameter("s", 1, 1, new Initializer.Linspace(3, 6));
    Initialization.initialize(List.of(single), 1);
    assertThat(single.value().get(0)).isEqualTo(3);
  }

  @Test
  void momentsBecomeZero() {
    Parameter a = parameter("a", 1, 2, new Initializer.Constant(-10));
    a.first().set(0, 5);
    a.second().set(1, 5);
    a.gradient().set(1, 5);
    Initialization.initialize(List.of(a), 1);
    assertThat(a.value().get(1)).isEqualTo(-10);
    assertThat(a.first().get(0) + a.second().get(1) + a.gradient().get(1)).isZero();
  }

  private static Parameter parameter(String name, int rows, int columns, Initializer initializer) {
    var spec = new ParameterSpec(name, rows, columns, initializer, true);
    return new Parameter(spec, tensor(spec), tensor(spec), tensor(spec), tensor(spec));
  }

  private static Tensor tensor(ParameterSpec spec) {
    return Tensor.allocate(ARENA, spec.size());
  }
}
