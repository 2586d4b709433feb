package dev.swax.compiler.codegen.cpu;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.UnaryFunction;

/** Elementwise functions in the words of the Vector API; operands are names of vectors. */
final class VectorExpressions {
  private VectorExpressions() {}

  static String unary(UnaryFunction function, String x) {
    return switch (function) {
      case NEGATE -> x + ".neg()";
      case EXP -> "VectorMath.exp(" + x + ")";
      case LOG -> "VectorMath.log(" + x + ")";
      case SQRT -> x + ".sqrt()";
      case RECIPROCAL_SQRT -> broadcast("1f") + ".div(" + x + ".sqrt())";
      case RECIPROCAL -> broadcast("1f") + ".div(" + x + ")";
      case ABS -> x + ".abs()";
      case SIGN -> "RowMath.sign(" + x + ")";
      case SIGMOID -> "VectorMath.sigmoid(" + x + ")";
      case TANH -> "VectorMath.tanh(" + x + ")";
      case SILU -> "VectorMath.silu(" + x + ")";
      case GELU -> "VectorMath.gelu(" + x + ")";
      case SOFTPLUS -> "VectorMath.softplus(" + x + ")";
      case LOG_SIGMOID -> "VectorMath.logSigmoid(" + x + ")";
      case SQUARE -> x + ".mul(" + x + ")";
      case RELU -> x + ".max(0f)";
    };
  }

  /** {@code b} may also be a float literal. */
  static String binary(BinaryFunction function, String a, String b) {
    return switch (function) {
      case ADD -> a + ".add(" + b + ")";
      case SUBTRACT -> a + ".sub(" + b + ")";
      case MULTIPLY -> a + ".mul(" + b + ")";
      case DIVIDE -> a + ".div(" + b + ")";
      case MAXIMUM -> a + ".max(" + b + ")";
      case MINIMUM -> a + ".min(" + b + ")";
      case GREATER -> "RowMath.greater(" + a + ", " + b + ")";
    };
  }

  static String broadcast(String value) {
    return "FloatVector.broadcast(SPECIES, " + value + ")";
  }
}
