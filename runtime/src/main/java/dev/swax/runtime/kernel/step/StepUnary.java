package dev.swax.runtime.kernel.step;

import static dev.swax.runtime.kernel.tile.VectorMath.SPECIES;

import dev.swax.runtime.kernel.row.RowMath;
import dev.swax.runtime.kernel.tile.VectorMath;
import jdk.incubator.vector.FloatVector;

/**
 * The functions of one value of a step, in whole vectors: arrays are read and written up to the end
 * of the last one.
 */
final class StepUnary {
  private static final int LANES = SPECIES.length();

  private StepUnary() {}

  /** {@code to[i] = f(from[i])}. */
  static void run(StepFunction function, float[] from, int at, float[] to, int result, int length) {
    switch (function) {
      case NEGATE -> negate(from, at, to, result, length);
      case EXP -> exp(from, at, to, result, length);
      case EXPM1 -> expm1(from, at, to, result, length);
      case LOG -> log(from, at, to, result, length);
      case SQRT -> sqrt(from, at, to, result, length);
      case RECIPROCAL_SQRT -> reciprocalSqrt(from, at, to, result, length);
      case RECIPROCAL -> reciprocal(from, at, to, result, length);
      case ABS -> abs(from, at, to, result, length);
      case SIGN -> sign(from, at, to, result, length);
      case SIGMOID -> sigmoid(from, at, to, result, length);
      case TANH -> tanh(from, at, to, result, length);
      case SILU -> silu(from, at, to, result, length);
      case GELU -> gelu(from, at, to, result, length);
      case ERF -> erf(from, at, to, result, length);
      case SOFTPLUS -> softplus(from, at, to, result, length);
      case LOG_SIGMOID -> logSigmoid(from, at, to, result, length);
      case SQUARE -> square(from, at, to, result, length);
      case RELU -> relu(from, at, to, result, length);
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MAXIMUM, MINIMUM, GREATER ->
          throw new IllegalArgumentException(function + " takes two values");
    }
  }

  private static FloatVector load(float[] from, int at) {
    return FloatVector.fromArray(SPECIES, from, at);
  }

  private static void negate(float[] from, int at, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(from, at + i);
      x.mul(-1f).intoArray(to, result + i);
    }
  }

  private static void exp(float[] from, int at, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(from, at + i);
      VectorMath.exp(x).intoArray(to, result + i);
    }
  }

  private static void expm1(float[] from, int at, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(from, at + i);
      VectorMath.expMinusOne(x).intoArray(to, result + i);
    }
  }

  private static void log(float[] from, int at, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(from, at + i);
      VectorMath.log(x).intoArray(to, result + i);
    }
  }

  private static void sqrt(float[] from, int at, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(from, at + i);
      x.sqrt().intoArray(to, result + i);
    }
  }

  private static void reciprocalSqrt(float[] from, int at, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(from, at + i);
      FloatVector.broadcast(SPECIES, 1f).div(x.sqrt()).intoArray(to, result + i);
    }
  }

  private static void reciprocal(float[] from, int at, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(from, at + i);
      FloatVector.broadcast(SPECIES, 1f).div(x).intoArray(to, result + i);
    }
  }

  private static void abs(float[] from, int at, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(from, at + i);
      x.abs().intoArray(to, result + i);
    }
  }

  private static void sign(float[] from, int at, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(from, at + i);
      RowMath.sign(x).intoArray(to, result + i);
    }
  }

  private static void sigmoid(float[] from, int at, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(from, at + i);
      VectorMath.sigmoid(x).intoArray(to, result + i);
    }
  }

  private static void tanh(float[] from, int at, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(from, at + i);
      VectorMath.tanh(x).intoArray(to, result + i);
    }
  }

  private static void silu(float[] from, int at, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(from, at + i);
      VectorMath.silu(x).intoArray(to, result + i);
    }
  }

  private static void gelu(float[] from, int at, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(from, at + i);
      VectorMath.gelu(x).intoArray(to, result + i);
    }
  }

  private static void erf(float[] from, int at, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(from, at + i);
      VectorMath.erf(x).intoArray(to, result + i);
    }
  }

  private static void softplus(float[] from, int at, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(from, at + i);
      VectorMath.softplus(x).intoArray(to, result + i);
    }
  }

  private static void logSigmoid(float[] from, int at, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(from, at + i);
      VectorMath.logSigmoid(x).intoArray(to, result + i);
    }
  }

  private static void square(float[] from, int at, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(from, at + i);
      x.mul(x).intoArray(to, result + i);
    }
  }

  private static void relu(float[] from, int at, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(from, at + i);
      x.max(0f).intoArray(to, result + i);
    }
  }
}
