package dev.swax.runtime.kernel.step;

import dev.swax.runtime.kernel.tile.ErrorFunction;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;

/** The elementwise functions of a step, of one value or of two, and what each means in double. */
public enum StepFunction {
  NEGATE(1, (x, _) -> -x),
  EXP(1, (x, _) -> Math.exp(x)),
  EXPM1(1, (x, _) -> Math.expm1(x)),
  LOG(1, (x, _) -> Math.log(x)),
  SQRT(1, (x, _) -> Math.sqrt(x)),
  RECIPROCAL_SQRT(1, (x, _) -> 1 / Math.sqrt(x)),
  RECIPROCAL(1, (x, _) -> 1 / x),
  ABS(1, (x, _) -> Math.abs(x)),
  SIGN(1, (x, _) -> Math.signum(x)),
  SIGMOID(1, (x, _) -> sigmoid(x)),
  TANH(1, (x, _) -> Math.tanh(x)),
  SILU(1, (x, _) -> x * sigmoid(x)),
  GELU(1, (x, _) -> gelu(x)),
  ERF(1, (x, _) -> ErrorFunction.of(x)),
  SOFTPLUS(1, (x, _) -> softplus(x)),
  LOG_SIGMOID(1, (x, _) -> -softplus(-x)),
  SQUARE(1, (x, _) -> x * x),
  RELU(1, (x, _) -> Math.max(x, 0)),
  ADD(2, Double::sum),
  SUBTRACT(2, (a, b) -> a - b),
  MULTIPLY(2, (a, b) -> a * b),
  DIVIDE(2, (a, b) -> a / b),
  MAXIMUM(2, Math::max),
  MINIMUM(2, Math::min),
  /** 1 where a > b, else 0. */
  GREATER(2, (a, b) -> a > b ? 1 : 0);

  private final int arity;
  private final DoubleBinaryOperator meaning;

  StepFunction(int arity, DoubleBinaryOperator meaning) {
    this.arity = arity;
    this.meaning = meaning;
  }

  /** How many values it takes. */
  public int arity() {
    return arity;
  }

  /** What it means; a function of one value does not look at the second. */
  public double of(double a, double b) {
    return meaning.applyAsDouble(a, b);
  }

  /** As programs write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static double sigmoid(double x) {
    double e = Math.exp(-Math.abs(x));
    return x < 0 ? e / (1 + e) : 1 / (1 + e);
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double gelu(double x) {
    return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
  }
}
