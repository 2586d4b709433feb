package dev.swax.compiler.ir;

/** Functions of one value. */
public enum UnaryFunction {
  NEGATE,
  EXP,
  LOG,
  SQRT,
  RECIPROCAL_SQRT,
  RECIPROCAL,
  ABS,
  /** -1, 0 or 1. */
  SIGN,
  SIGMOID,
  TANH,
  /** {@code x sigmoid(x)}. */
  SILU,
  /** {@code 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x³)))}. */
  GELU,
  /** {@code log(1 + e^x)}. */
  SOFTPLUS,
  /** {@code -log(1 + e^-x)}. */
  LOG_SIGMOID,
  SQUARE,
  RELU;

  /** Whether it is a polynomial of many terms instead of an instruction or two. */
  public boolean isTranscendental() {
    return switch (this) {
      case EXP, LOG, SIGMOID, TANH, SILU, GELU, SOFTPLUS, LOG_SIGMOID -> true;
      case NEGATE, SQRT, RECIPROCAL_SQRT, RECIPROCAL, ABS, SIGN, SQUARE, RELU -> false;
    };
  }
}
