package dev.swax.compiler.ir;

/** {@code 0.5 x (1 + t)}, t = tanh(c (x + k x³)). */
final class Gelu {
  /** c: sqrt(2 / pi). */
  private static final double SCALE = 0.7978845608028654;

  /** k. */
  private static final double CUBIC = 0.044715;

  /** Of x²: long before, the tanh is 1 or -1; long behind, infinity times 0 is no number. */
  private static final double LARGEST = 1e4;

  private Gelu() {}

  static double of(double x) {
    return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + CUBIC * x * x * x)));
  }

  /** {@code 0.5 (1 + t) + 0.5 x (1 - t²) c (1 + 3 k x²)}. */
  static ValueId slope(Arithmetic out, ValueId x) {
    ValueId squared = out.binary(BinaryFunction.MINIMUM, out.square(x), out.constant(LARGEST));
    ValueId inner =
        out.multiply(
            out.constant(SCALE),
            out.multiply(x, out.add(out.constant(1), out.multiply(out.constant(CUBIC), squared))));
    ValueId t = out.unary(UnaryFunction.TANH, inner);
    ValueId slope =
        out.multiply(
            out.constant(SCALE),
            out.add(out.constant(1), out.multiply(out.constant(3 * CUBIC), squared)));
    ValueId rest = out.multiply(out.multiply(x, out.oneMinus(out.square(t))), slope);
    return out.multiply(out.constant(0.5), out.add(out.add(out.constant(1), t), rest));
  }
}
