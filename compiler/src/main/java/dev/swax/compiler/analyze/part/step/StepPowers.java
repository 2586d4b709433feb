package dev.swax.compiler.analyze.part.step;

import dev.swax.compiler.step.StepWriter;
import dev.swax.compiler.step.StepWriter.View;
import dev.swax.runtime.kernel.step.StepFunction;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Powers in a step, exact where the exponent is whole. */
record StepPowers(StepWriter out) {

  View of(View base, double exponent) {
    StepFunction function = exact(exponent);
    if (function != null) {
      return out.unary(function, base);
    }
    if (exponent == Math.rint(exponent)) {
      return whole(base, exponent);
    }
    View logarithm = out.unary(StepFunction.LOG, base);
    return out.unary(StepFunction.EXP, out.multiply(logarithm, out.constant(exponent)));
  }

  /** By squaring, of x or of 1 / x: right for negative x too. x^0 is 1 for every x. */
  private View whole(View base, double exponent) {
    if (exponent == 0) {
      View sign = out.unary(StepFunction.SIGN, base);
      return out.add(out.multiply(sign, out.constant(0)), out.constant(1));
    }
    View square = exponent > 0 ? base : out.unary(StepFunction.RECIPROCAL, base);
    View product = null;
    for (double rest = Math.abs(exponent); rest > 0; rest = Math.floor(rest / 2)) {
      if (rest % 2 == 1) {
        product = product == null ? square : out.multiply(product, square);
      }
      if (rest > 1) {
        square = out.unary(StepFunction.SQUARE, square);
      }
    }
    return Objects.requireNonNull(product);
  }

  private static @Nullable StepFunction exact(double exponent) {
    if (exponent == 2) {
      return StepFunction.SQUARE;
    }
    if (exponent == 0.5) {
      return StepFunction.SQRT;
    }
    if (exponent == -0.5) {
      return StepFunction.RECIPROCAL_SQRT;
    }
    return exponent == -1 ? StepFunction.RECIPROCAL : null;
  }
}
