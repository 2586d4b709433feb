package dev.swax.compiler.lower;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.Op;
import dev.swax.compiler.ir.UnaryFunction;
import dev.swax.compiler.ir.ValueId;
import dev.swax.compiler.model.part.PartExpression;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Powers: functions of their own, products of squares, or {@code exp(exponent log(x))}. */
final class LowerPower {
  private LowerPower() {}

  /** The value, called {@code name}. */
  static ValueId lower(
      PartExpression.Power power, ValueId operand, @Nullable String name, BlockBuilder out) {
    double exponent = power.exponent();
    UnaryFunction function = exact(exponent);
    if (function != null) {
      return add(out, name, new Op.Unary(function), operand);
    }
    if (exponent == Math.rint(exponent)) {
      return whole(exponent, operand, name, out);
    }
    ValueId logarithm = add(out, null, new Op.Unary(UnaryFunction.LOG), operand);
    ValueId scaled =
        add(out, null, new Op.Binary(BinaryFunction.MULTIPLY), logarithm, out.constant(exponent));
    return add(out, name, new Op.Unary(UnaryFunction.EXP), scaled);
  }

  /**
   * By squaring, of x or of 1 / x: right for negative x too. x^0 is 1 for every x, and so is {@code
   * 0 sign(x) + 1}, which has a gradient.
   */
  private static ValueId whole(
      double exponent, ValueId operand, @Nullable String name, BlockBuilder out) {
    if (exponent == 0) {
      ValueId sign = add(out, null, new Op.Unary(UnaryFunction.SIGN), operand);
      ValueId zero = add(out, null, new Op.Binary(BinaryFunction.MULTIPLY), sign, out.constant(0));
      return add(out, name, new Op.Binary(BinaryFunction.ADD), zero, out.constant(1));
    }
    ValueId square =
        exponent > 0 ? operand : add(out, null, new Op.Unary(UnaryFunction.RECIPROCAL), operand);
    ValueId product = null;
    for (double rest = Math.abs(exponent); rest > 0; rest = Math.floor(rest / 2)) {
      if (rest % 2 == 1) {
        String label = rest == 1 ? name : null;
        product =
            product == null
                ? square
                : add(out, label, new Op.Binary(BinaryFunction.MULTIPLY), product, square);
      }
      if (rest > 1) {
        square = add(out, null, new Op.Unary(UnaryFunction.SQUARE), square);
      }
    }
    return Objects.requireNonNull(product);
  }

  /** The exponents that are functions of their own. */
  private static @Nullable UnaryFunction exact(double exponent) {
    if (exponent == 2) {
      return UnaryFunction.SQUARE;
    }
    if (exponent == 0.5) {
      return UnaryFunction.SQRT;
    }
    if (exponent == -0.5) {
      return UnaryFunction.RECIPROCAL_SQRT;
    }
    return exponent == -1 ? UnaryFunction.RECIPROCAL : null;
  }

  private static ValueId add(BlockBuilder out, @Nullable String name, Op op, ValueId... operands) {
    return out.graph().add(op, List.of(operands), name);
  }
}
