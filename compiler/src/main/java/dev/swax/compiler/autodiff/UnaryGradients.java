package dev.swax.compiler.autodiff;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Graph;
import dev.swax.compiler.ir.Node;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.ir.ValueId;

/** Gradients of the functions of one value: dx from dy, with x the operand and y the result. */
final class UnaryGradients {
  /** sqrt(2 / pi), of the tanh form of GELU. */
  private static final double GELU_SCALE = 0.7978845608028654;

  private static final double GELU_CUBIC = 0.044715;

  /**
   * Of x²: long before, the tanh of GELU is 1 or -1; long behind, infinity times 0 is no number.
   */
  private static final double GELU_LARGEST = 1e4;

  private final Graph.Builder out;

  UnaryGradients(Graph.Builder out) {
    this.out = out;
  }

  ValueId gradient(UnaryFunction function, Node node, ValueId dy) {
    ValueId x = node.operand(0);
    ValueId y = node.id();
    return switch (function) {
      case NEGATE -> negate(dy);
      case EXP -> mul(dy, y);
      case LOG -> binary(BinaryFunction.DIVIDE, dy, x);
      case SQRT -> binary(BinaryFunction.DIVIDE, mul(dy, constant(0.5)), y); // dy / (2 y)
      case RECIPROCAL_SQRT -> // -dy y³ / 2
          mul(mul(dy, constant(-0.5)), mul(y, unary(UnaryFunction.SQUARE, y)));
      case RECIPROCAL -> negate(mul(dy, unary(UnaryFunction.SQUARE, y)));
      case ABS -> mul(dy, unary(UnaryFunction.SIGN, x));
      case SIGN -> mul(dy, constant(0));
      case SIGMOID -> mul(dy, mul(y, oneMinus(y)));
      case TANH -> mul(dy, oneMinus(unary(UnaryFunction.SQUARE, y)));
      case SILU -> { // dy (s + y (1 - s)), s = sigmoid(x)
        ValueId s = unary(UnaryFunction.SIGMOID, x);
        yield mul(dy, add(s, mul(y, oneMinus(s))));
      }
      case GELU -> mul(dy, gelu(x));
      case SOFTPLUS -> mul(dy, unary(UnaryFunction.SIGMOID, x));
      case LOG_SIGMOID -> mul(dy, unary(UnaryFunction.SIGMOID, negate(x)));
      case SQUARE -> mul(dy, mul(constant(2), x));
      case RELU -> mul(dy, binary(BinaryFunction.GREATER, x, constant(0)));
    };
  }

  /** {@code 0.5 (1 + t) + 0.5 x (1 - t²) c (1 + 3 k x²)}, t = tanh(c (x + k x³)). */
  private ValueId gelu(ValueId x) {
    ValueId squared =
        binary(BinaryFunction.MINIMUM, unary(UnaryFunction.SQUARE, x), constant(GELU_LARGEST));
    ValueId inner =
        mul(constant(GELU_SCALE), mul(x, add(constant(1), mul(constant(GELU_CUBIC), squared))));
    ValueId t = unary(UnaryFunction.TANH, inner);
    ValueId slope =
        mul(constant(GELU_SCALE), add(constant(1), mul(constant(3 * GELU_CUBIC), squared)));
    ValueId rest = mul(mul(x, oneMinus(unary(UnaryFunction.SQUARE, t))), slope);
    return mul(constant(0.5), add(add(constant(1), t), rest));
  }

  ValueId negate(ValueId x) {
    return unary(UnaryFunction.NEGATE, x);
  }

  private ValueId oneMinus(ValueId x) {
    return binary(BinaryFunction.SUBTRACT, constant(1), x);
  }

  private ValueId mul(ValueId a, ValueId b) {
    return binary(BinaryFunction.MULTIPLY, a, b);
  }

  private ValueId add(ValueId a, ValueId b) {
    return binary(BinaryFunction.ADD, a, b);
  }

  private ValueId constant(double value) {
    return out.add(new Op.Constant(value));
  }

  private ValueId unary(UnaryFunction function, ValueId x) {
    return out.add(new Op.Unary(function), x);
  }

  private ValueId binary(BinaryFunction function, ValueId a, ValueId b) {
    return out.add(new Op.Binary(function), a, b);
  }
}
