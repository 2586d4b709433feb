package dev.swax.compiler.ir;

/** What the functions of single values mean, in double. */
public final class Elementwise {
  private Elementwise() {}

  public static double apply(UnaryFunction function, double x) {
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

  public static double apply(BinaryFunction function, double a, double b) {
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
