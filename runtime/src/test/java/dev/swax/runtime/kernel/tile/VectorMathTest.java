package dev.swax.runtime.kernel.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VectorMathTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  @FunctionalInterface
  interface Lanes {
    FloatVector apply(FloatVector x);
  }

  @FunctionalInterface
  interface Single {
    float apply(float x);
  }

  /** A function, what it should be, how far from it may be, and where that is asked. */
  record Function(
      String name,
      Lanes lanes,
      Single single,
      DoubleUnaryOperator exact,
      double ulps,
      float from,
      float to) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Function> functions() {
    return Stream.of(
        new Function("exp", VectorMath::exp, VectorMath::exp, Math::exp, 2, -120, 100),
        new Function(
            "expm1", VectorMath::expMinusOne, VectorMath::expMinusOne, Math::expm1, 4, -120, 100),
        new Function("log", VectorMath::log, VectorMath::log, Math::log, 2, 0, Float.MAX_VALUE),
        new Function(
            "log1p", VectorMath::log1p, VectorMath::log1p, Math::log1p, 4, -1, Float.MAX_VALUE),
        new Function("tanh", VectorMath::tanh, VectorMath::tanh, Math::tanh, 4, -100, 100),
        new Function(
            "sigmoid",
            VectorMath::sigmoid,
            VectorMath::sigmoid,
            x -> 1 / (1 + Math.exp(-x)),
            4,
            -87,
            100),
        new Function(
            "silu", VectorMath::silu, VectorMath::silu, x -> x / (1 + Math.exp(-x)), 4, -87, 100),
        new Function(
            "softplus",
            VectorMath::softplus,
            VectorMath::softplus,
            VectorMathTest::softplus,
            4,
            -120,
            100),
        new Function(
            "logSigmoid",
            VectorMath::logSigmoid,
            VectorMath::logSigmoid,
            x -> -softplus(-x),
            4,
            -100,
            120),
        new Function("erf", VectorMath::erf, VectorMath::erf, ErrorFunction::of, 2, -100, 100),
        // The argument of the exponential is rounded, so the error grows with its size.
        new Function(
            "gelu", VectorMath::gelu, VectorMath::gelu, VectorMathTest::gelu, 64, -6, 100));
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double gelu(double x) {
    double inner = Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);
    return x / (1 + Math.exp(-2 * inner));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void isCloseToTheExactFunction(Function function) {
    double worst = 0;
    float where = 0;
    for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += 1009) {
      float x = Float.intBitsToFloat((int) bits);
      if (!(x >= function.from && x <= function.to)) {
        continue;
      }
      double error = ulps(function.single.apply(x), function.exact.applyAsDouble(x));
      if (Double.compare(error, worst) > 0) {
        worst = error;
        where = x;
      }
    }
    assertThat(worst).as("units in the last place at %s", where).isLessThanOrEqualTo(function.ulps);
  }

  private static double ulps(float actual, double exact) {
    float rounded = (float) exact;
    if (rounded == actual) {
      return 0;
    }
    return Math.abs(actual - exact) / Math.ulp(rounded);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void aLaneHasTheBitsOfASingleValue(Function function) {
    int lanes = VectorMath.SPECIES.length();
    float[] x = new float[lanes];
    float[] y = new float[lanes];
    for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += 4001L * lanes) {
      for (int i = 0; i < lanes; i++) {
        x[i] = Float.intBitsToFloat((int) Math.min(Integer.MAX_VALUE, bits + 4001L * i));
      }
      function.lanes.apply(FloatVector.fromArray(VectorMath.SPECIES, x, 0)).intoArray(y, 0);
      for (int i = 0; i < lanes; i++) {
        float single = function.single.apply(x[i]);
        if (Float.floatToIntBits(y[i]) != Float.floatToIntBits(single)) {
          fail("of %s: %s in a lane, %s alone".formatted(x[i], y[i], single));
        }
      }
    }
  }

  /** Beyond where ulps are asked for too, however large: e^x and x³ are no floats there. */
  @ParameterizedTest
  @MethodSource("functions")
  void everyNumberIsNearTheExactOne(Function function) {
    for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += 100_003) {
      float x = Float.intBitsToFloat((int) bits);
      double exact = function.exact.applyAsDouble(x);
      if (Float.isFinite(x) && Math.abs(exact) < Float.MAX_VALUE / 2) {
        float found = function.single.apply(x);
        double room = 1e-4 * Math.abs(exact) + 1e-30;
        assertThat(Math.abs(found - exact)).as("at %s: %s", x, found).isLessThan(room);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void nanStaysNan(Function function) {
    assertThat(function.single.apply(Float.NaN)).isNaN();
  }

  @Test
  void limitsAreRight() {
    assertThat(VectorMath.exp(-INFINITY)).isEqualTo(0f);
    assertThat(VectorMath.exp(INFINITY)).isEqualTo(INFINITY);
    assertThat(VectorMath.exp(88.8f)).isEqualTo(INFINITY);
    assertThat(VectorMath.exp(-105f)).isEqualTo(0f);
    assertThat(VectorMath.exp(0f)).isEqualTo(1f);
    assertThat(VectorMath.expMinusOne(-INFINITY)).isEqualTo(-1f);
    assertThat(VectorMath.expMinusOne(INFINITY)).isEqualTo(INFINITY);
    assertThat(VectorMath.log(0f)).isEqualTo(-INFINITY);
    assertThat(VectorMath.log(-0f)).isEqualTo(-INFINITY);
    assertThat(VectorMath.log(-1f)).isNaN();
    assertThat(VectorMath.log(-INFINITY)).isNaN();
    assertThat(VectorMath.log(INFINITY)).isEqualTo(INFINITY);
    assertThat(VectorMath.log(1f)).isEqualTo(0f);
    assertThat(VectorMath.log1p(-1f)).isEqualTo(-INFINITY);
    assertThat(VectorMath.log1p(-2f)).isNaN();
    assertThat(VectorMath.log1p(INFINITY)).isEqualTo(INFINITY);
    assertThat(VectorMath.tanh(INFINITY)).isEqualTo(1f);
    assertThat(VectorMath.tanh(-INFINITY)).isEqualTo(-1f);
    assertThat(VectorMath.sigmoid(-INFINITY)).isEqualTo(0f);
    assertThat(VectorMath.sigmoid(INFINITY)).isEqualTo(1f);
    assertThat(VectorMath.softplus(-INFINITY)).isEqualTo(0f);
    assertThat(VectorMath.softplus(INFINITY)).isEqualTo(INFINITY);
    assertThat(VectorMath.logSigmoid(INFINITY)).isEqualTo(0f);
    assertThat(VectorMath.logSigmoid(-INFINITY)).isEqualTo(-INFINITY);
  }

  @Test
  void tanhAndSigmoidDoNotPassTheirLimits() {
    for (float x = 5; x < 100; x += 0.001f) {
      assertThat(VectorMath.tanh(x)).isLessThanOrEqualTo(1f);
      assertThat(VectorMath.tanh(-x)).isGreaterThanOrEqualTo(-1f);
      assertThat(VectorMath.sigmoid(x)).isLessThanOrEqualTo(1f);
      assertThat(VectorMath.sigmoid(-x)).isGreaterThanOrEqualTo(0f);
    }
  }

  @Test
  void sumAddsHalvesFirst() {
    int lanes = VectorMath.SPECIES.length();
    float[] x = new float[lanes];
    for (int i = 0; i < lanes; i++) {
      x[i] = (float) Math.sin(i + 1) * (1 << (i % 7));
    }
    float[] sums = x.clone();
    for (int half = lanes / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        sums[i] += sums[i + half];
      }
    }
    assertThat(VectorMath.sum(FloatVector.fromArray(VectorMath.SPECIES, x, 0))).isEqualTo(sums[0]);
  }

  @Test
  void maxIsTheLargestLaneOrNan() {
    float[] x = new float[VectorMath.SPECIES.length()];
    x[1] = 3f;
    assertThat(VectorMath.max(FloatVector.fromArray(VectorMath.SPECIES, x, 0))).isEqualTo(3f);
    x[0] = Float.NaN;
    assertThat(VectorMath.max(FloatVector.fromArray(VectorMath.SPECIES, x, 0))).isNaN();
  }
}
