package dev.swax.compiler.codegen.tornado;

import dev.swax.compiler.ir.BinaryFunction;
import dev.swax.compiler.ir.UnaryFunction;

/**
 * Elementwise functions of single floats in the words of a device; operands are names or literals.
 */
final class DeviceExpressions {
  private DeviceExpressions() {}

  static String unary(UnaryFunction function, String x) {
    return switch (function) {
      case NEGATE -> "-" + x;
      case EXP -> "TornadoMath.exp(" + x + ")";
      case LOG -> "TornadoMath.log(" + x + ")";
      case SQRT -> "TornadoMath.sqrt(" + x + ")";
      case RECIPROCAL_SQRT -> "1f / TornadoMath.sqrt(" + x + ")";
      case RECIPROCAL -> "1f / " + x;
      case ABS -> "TornadoMath.abs(" + x + ")";
      case SIGN -> x + " > 0f ? 1f : " + x + " < 0f ? -1f : 0f";
      case SIGMOID -> "DeviceMath.sigmoid(" + x + ")";
      case TANH -> "TornadoMath.tanh(" + x + ")";
      case SILU -> "DeviceMath.silu(" + x + ")";
      case GELU -> "DeviceMath.gelu(" + x + ")";
      case SOFTPLUS -> "DeviceMath.softplus(" + x + ")";
      case LOG_SIGMOID -> "DeviceMath.logSigmoid(" + x + ")";
      case SQUARE -> x + " * " + x;
      case RELU -> x + " < 0f ? 0f : " + x; // max of a device takes 0 for NaN
    };
  }

  static String binary(BinaryFunction function, String a, String b) {
    return switch (function) {
      case ADD -> a + " + " + b;
      case SUBTRACT -> a + " - " + b;
      case MULTIPLY -> a + " * " + b;
      case DIVIDE -> a + " / " + b;
      case MAXIMUM -> "TornadoMath.max(" + a + ", " + b + ")";
      case MINIMUM -> "TornadoMath.min(" + a + ", " + b + ")";
      case GREATER -> a + " > " + b + " ? 1f : 0f";
    };
  }
}
