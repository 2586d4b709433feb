package dev.swax.compiler.interpret;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.UnaryFunction;

/** Functions element by element. */
final class InterpretElementwise {
  private InterpretElementwise() {}

  static Matrix unary(UnaryFunction function, Matrix x) {
    Matrix y = Matrix.zeros(x.rows(), x.columns());
    for (int i = 0; i < x.values().length; i++) {
      y.values()[i] = apply(function, x.values()[i]);
    }
    return y;
  }

  /** A [1, 1] side is spread over the other. */
  static Matrix binary(BinaryFunction function, Matrix left, Matrix right) {
    Matrix shape = left.isScalar() ? right : left;
    Matrix y = Matrix.zeros(shape.rows(), shape.columns());
    for (int i = 0; i < y.values().length; i++) {
      double a = left.values()[left.isScalar() ? 0 : i];
      double b = right.values()[right.isScalar() ? 0 : i];
      y.values()[i] = apply(function, a, b);
    }
    return y;
  }

  static double apply(UnaryFunction function, double x) {
    return switch (function) {
      case NEGATE -> -x;
      case EXP -> Math.exp(x);
      case LOG -> Math.log(x);
      case SQRT -> Math.sqrt(x);
      case RECIPROCAL_SQRT -> 1 / Math.sqrt(x);
      case RECIPROCAL -> 1 / x;
      case ABS -> Math.abs(x);
      case SIGN -> Math.signum(x);
      case SIGMOID -> sigmoid(x);
      case TANH -> Math.tanh(x);
      case SILU -> x * sigmoid(x);
      case GELU -> 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
      case SOFTPLUS -> softplus(x);
      case LOG_SIGMOID -> -softplus(-x);
      case SQUARE -> x * x;
      case RELU -> Math.max(x, 0);
    };
  }

  static double apply(BinaryFunction function, double a, double b) {
    return switch (function) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MAXIMUM -> Math.max(a, b);
      case MINIMUM -> Math.min(a, b);
      case GREATER -> a > b ? 1 : 0;
    };
  }

  private static double sigmoid(double x) {
    double e = Math.exp(-Math.abs(x));
    return x < 0 ? e / (1 + e) : 1 / (1 + e);
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
