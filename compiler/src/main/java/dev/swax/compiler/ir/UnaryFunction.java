package dev.swax.compiler.ir;

import dev.swax.runtime.kernel.tile.ErrorFunction;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * The functions of one value. A row is all that the compiler knows of one: whether cells call it by
 * its name, its value, its gradient, how generators write it.
 */
public enum UnaryFunction {
  NEGATE(
      Use.INNER,
      x -> -x,
      (out, x, y, dy) -> out.negate(dy),
      Spelling.inline("-%s", "%s.neg()", "-%s")),

  EXP(
      Use.CALLED,
      Math::exp,
      (out, x, y, dy) -> out.multiply(dy, y),
      Spelling.kernel("exp", "TornadoMath")),

  /** {@code e^x - 1}, exact also where x is small. */
  EXPM1(
      Use.CALLED,
      Math::expm1,
      (out, x, y, dy) -> out.multiply(dy, out.add(y, out.constant(1))),
      Spelling.kernel("expMinusOne")),

  LOG(
      Use.CALLED,
      Math::log,
      (out, x, y, dy) -> out.divide(dy, x),
      Spelling.kernel("log", "TornadoMath")),

  /** dx is {@code dy / (2 y)}. */
  SQRT(
      Use.CALLED,
      Math::sqrt,
      (out, x, y, dy) -> out.divide(out.multiply(dy, out.constant(0.5)), y),
      Spelling.inline("(float) Math.sqrt(%s)", "%s.sqrt()", "TornadoMath.sqrt(%s)")),

  /** dx is {@code -dy y³ / 2}. */
  RECIPROCAL_SQRT(
      Use.INNER,
      x -> 1 / Math.sqrt(x),
      (out, x, y, dy) ->
          out.multiply(out.multiply(dy, out.constant(-0.5)), out.multiply(y, out.square(y))),
      Spelling.inline(
          "1f / (float) Math.sqrt(%s)",
          "FloatVector.broadcast(SPECIES, 1f).div(%s.sqrt())", "1f / TornadoMath.sqrt(%s)")),

  RECIPROCAL(
      Use.INNER,
      x -> 1 / x,
      (out, x, y, dy) -> out.negate(out.multiply(dy, out.square(y))),
      Spelling.inline("1f / %s", "FloatVector.broadcast(SPECIES, 1f).div(%s)", "1f / %s")),

  ABS(
      Use.CALLED,
      Math::abs,
      (out, x, y, dy) -> out.multiply(dy, out.sign(x)),
      Spelling.inline("Math.abs(%s)", "%s.abs()", "TornadoMath.abs(%s)")),

  /** -1, 0 or 1. */
  SIGN(
      Use.INNER,
      Math::signum,
      (out, x, y, dy) -> out.multiply(dy, out.constant(0)),
      Spelling.inline(
          "Math.signum(%s)", "RowMath.sign(%s)", "%1$s > 0f ? 1f : %1$s < 0f ? -1f : 0f")),

  /** {@code 1 / (1 + e^-x)}. */
  SIGMOID(
      Use.CALLED,
      UnaryFunction::sigmoid,
      (out, x, y, dy) -> out.multiply(dy, out.multiply(y, out.oneMinus(y))),
      Spelling.kernel("sigmoid")),

  TANH(
      Use.CALLED,
      Math::tanh,
      (out, x, y, dy) -> out.multiply(dy, out.oneMinus(out.square(y))),
      Spelling.kernel("tanh", "TornadoMath")),

  /** {@code x sigmoid(x)}; dx is {@code dy (s + y (1 - s))}, s = sigmoid(x). */
  SILU(
      Use.CALLED,
      x -> x * sigmoid(x),
      (out, x, y, dy) -> {
        ValueId s = out.sigmoid(x);
        return out.multiply(dy, out.add(s, out.multiply(y, out.oneMinus(s))));
      },
      Spelling.kernel("silu")),

  /** {@code 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x³)))}. */
  GELU(
      Use.CALLED,
      Gelu::of,
      (out, x, y, dy) -> out.multiply(dy, Gelu.slope(out, x)),
      Spelling.kernel("gelu")),

  /** {@code 2/sqrt(pi) ∫ e^-t² dt} from 0 to x; dx is {@code dy 2/sqrt(pi) e^-x²}. */
  ERF(
      Use.CALLED,
      ErrorFunction::of,
      (out, x, y, dy) ->
          out.multiply(
              dy,
              out.multiply(
                  out.constant(2 / Math.sqrt(Math.PI)),
                  out.unary(UnaryFunction.EXP, out.negate(out.square(x))))),
      Spelling.kernel("erf", "DeviceMath", "errorFunction")),

  /** {@code log(1 + e^x)}. */
  SOFTPLUS(
      Use.CALLED,
      UnaryFunction::softplus,
      (out, x, y, dy) -> out.multiply(dy, out.sigmoid(x)),
      Spelling.kernel("softplus")),

  /** {@code -log(1 + e^-x)}. */
  LOG_SIGMOID(
      Use.CALLED,
      x -> -softplus(-x),
      (out, x, y, dy) -> out.multiply(dy, out.sigmoid(out.negate(x))),
      Spelling.kernel("logSigmoid")),

  SQUARE(
      Use.INNER,
      x -> x * x,
      (out, x, y, dy) -> out.multiply(dy, out.multiply(out.constant(2), x)),
      Spelling.inline("%1$s * %1$s", "%1$s.mul(%1$s)", "%1$s * %1$s")),

  /** Of a device without its max, which takes 0 for NaN. */
  RELU(
      Use.CALLED,
      x -> Math.max(x, 0),
      (out, x, y, dy) -> out.multiply(dy, out.greater(x, out.constant(0))),
      Spelling.inline("Math.max(%s, 0f)", "%s.max(0f)", "%1$s < 0f ? 0f : %1$s"));

  private enum Use {
    /** By name in a cell. */
    CALLED,
    /** By the compiler only: an operator, a power, what a rewrite makes. */
    INNER
  }

  /** dx from dy, with x the operand and y the result. */
  @FunctionalInterface
  private interface Gradient {
    ValueId of(Arithmetic out, ValueId x, ValueId y, ValueId dy);
  }

  private final Use use;
  private final DoubleUnaryOperator meaning;
  private final Gradient gradient;
  private final Spelling spelling;

  UnaryFunction(Use use, DoubleUnaryOperator meaning, Gradient gradient, Spelling spelling) {
    this.use = use;
    this.meaning = meaning;
    this.gradient = gradient;
    this.spelling = spelling;
  }

  /** In the words of the language: {@code log_sigmoid}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it means, in double. */
  public double of(double x) {
    return meaning.applyAsDouble(x);
  }

  /** Adds the gradient of the operand of a node with this function, from that of its result. */
  public ValueId gradient(Arithmetic out, Node y, ValueId dy) {
    return gradient.of(out, y.operand(0), y.id(), dy);
  }

  public Spelling spelling() {
    return spelling;
  }

  /** Those that cells call by name. */
  public static List<UnaryFunction> called() {
    return Arrays.stream(values()).filter(function -> function.use == Use.CALLED).toList();
  }

  /** The one that cells call so. */
  public static Optional<UnaryFunction> find(String text) {
    return called().stream().filter(function -> function.text().equals(text)).findFirst();
  }

  private static double sigmoid(double x) {
    double e = Math.exp(-Math.abs(x));
    return x < 0 ? e / (1 + e) : 1 / (1 + e);
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
