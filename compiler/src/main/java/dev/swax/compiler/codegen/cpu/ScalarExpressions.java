package dev.swax.compiler.codegen.cpu;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.UnaryFunction;

/** Elementwise functions of single floats; operands are names or literals. */
final class ScalarExpressions {
  private ScalarExpressions() {}

  static String unary(UnaryFunction function, String x) {
    return switch (function) {
      case NEGATE -> "-" + x;
      case EXP -> "VectorMath.exp(" + x + ")";
      case LOG -> "VectorMath.log(" + x + ")";
      case SQRT -> "(float) Math.sqrt(" + x + ")";
      case RECIPROCAL_SQRT -> "1f / (float) Math.sqrt(" + x + ")";
      case RECIPROCAL -> "1f / " + x;
      case ABS -> "Math.abs(" + x + ")";
      case SIGN -> "Math.signum(" + x + ")";
      case SIGMOID -> "VectorMath.sigmoid(" + x + ")";
      case TANH -> "VectorMath.tanh(" + x + ")";
      case SILU -> "VectorMath.silu(" + x + ")";
      case GELU -> "VectorMath.gelu(" + x + ")";
      case SOFTPLUS -> "VectorMath.softplus(" + x + ")";
      case LOG_SIGMOID -> "VectorMath.logSigmoid(" + x + ")";
      case SQUARE -> x + " * " + x;
      case RELU -> "Math.max(" + x + ", 0f)";
    };
  }

  static String binary(BinaryFunction function, String a, String b) {
    return switch (function) {
      case ADD -> a + " + " + b;
      case SUBTRACT -> a + " - " + b;
      case MULTIPLY -> a + " * " + b;
      case DIVIDE -> a + " / " + b;
      case MAXIMUM -> "Math.max(" + a + ", " + b + ")";
      case MINIMUM -> "Math.min(" + a + ", " + b + ")";
      case GREATER -> a + " > " + b + " ? 1f : 0f";
    };
  }
}
