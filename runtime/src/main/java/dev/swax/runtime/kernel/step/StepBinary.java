package dev.swax.runtime.kernel.step;

import static dev.swax.runtime.kernel.tile.VectorMath.SPECIES;

import dev.swax.runtime.kernel.row.RowMath;
import jdk.incubator.vector.FloatVector;

/**
 * The functions of two values of a step, in whole vectors: arrays are read and written up to the
 * end of the last one.
 */
final class StepBinary {
  private static final int LANES = SPECIES.length();

  private StepBinary() {}

  /** {@code to[i] = f(left[i], right[i])}. */
  static void run(
      StepFunction function,
      float[] left,
      int a,
      float[] right,
      int b,
      float[] to,
      int result,
      int length) {
    switch (function) {
      case ADD -> add(left, a, right, b, to, result, length);
      case SUBTRACT -> subtract(left, a, right, b, to, result, length);
      case MULTIPLY -> multiply(left, a, right, b, to, result, length);
      case DIVIDE -> divide(left, a, right, b, to, result, length);
      case MAXIMUM -> maximum(left, a, right, b, to, result, length);
      case MINIMUM -> minimum(left, a, right, b, to, result, length);
      case GREATER -> greater(left, a, right, b, to, result, length);
      default -> throw new IllegalArgumentException(function + " takes one value");
    }
  }

  /** {@code to[i] = f(left[i], number)}. */
  static void run(
      StepFunction function,
      float[] left,
      int a,
      float number,
      float[] to,
      int result,
      int length) {
    switch (function) {
      case ADD -> add(left, a, number, to, result, length);
      case SUBTRACT -> subtract(left, a, number, to, result, length);
      case MULTIPLY -> multiply(left, a, number, to, result, length);
      case DIVIDE -> divide(left, a, number, to, result, length);
      case MAXIMUM -> maximum(left, a, number, to, result, length);
      case MINIMUM -> minimum(left, a, number, to, result, length);
      case GREATER -> greater(left, a, number, to, result, length);
      default -> throw new IllegalArgumentException(function + " takes one value");
    }
  }

  /** {@code to[i] = f(number, right[i])}. */
  static void run(
      StepFunction function,
      float number,
      float[] right,
      int b,
      float[] to,
      int result,
      int length) {
    switch (function) {
      case ADD, MULTIPLY, MAXIMUM, MINIMUM -> run(function, right, b, number, to, result, length);
      case SUBTRACT -> subtract(number, right, b, to, result, length);
      case DIVIDE -> divide(number, right, b, to, result, length);
      case GREATER -> greater(number, right, b, to, result, length);
      default -> throw new IllegalArgumentException(function + " takes one value");
    }
  }

  private static FloatVector load(float[] from, int at) {
    return FloatVector.fromArray(SPECIES, from, at);
  }

  private static void add(
      float[] left, int a, float[] right, int b, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(left, a + i);
      FloatVector y = load(right, b + i);
      x.add(y).intoArray(to, result + i);
    }
  }

  private static void add(float[] left, int a, float y, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(left, a + i);
      x.add(y).intoArray(to, result + i);
    }
  }

  private static void subtract(
      float[] left, int a, float[] right, int b, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(left, a + i);
      FloatVector y = load(right, b + i);
      x.sub(y).intoArray(to, result + i);
    }
  }

  private static void subtract(float[] left, int a, float y, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(left, a + i);
      x.sub(y).intoArray(to, result + i);
    }
  }

  private static void multiply(
      float[] left, int a, float[] right, int b, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(left, a + i);
      FloatVector y = load(right, b + i);
      x.mul(y).intoArray(to, result + i);
    }
  }

  private static void multiply(float[] left, int a, float y, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(left, a + i);
      x.mul(y).intoArray(to, result + i);
    }
  }

  private static void divide(
      float[] left, int a, float[] right, int b, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(left, a + i);
      FloatVector y = load(right, b + i);
      x.div(y).intoArray(to, result + i);
    }
  }

  private static void divide(float[] left, int a, float y, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(left, a + i);
      x.div(y).intoArray(to, result + i);
    }
  }

  private static void maximum(
      float[] left, int a, float[] right, int b, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(left, a + i);
      FloatVector y = load(right, b + i);
      x.max(y).intoArray(to, result + i);
    }
  }

  private static void maximum(float[] left, int a, float y, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(left, a + i);
      x.max(y).intoArray(to, result + i);
    }
  }

  private static void minimum(
      float[] left, int a, float[] right, int b, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(left, a + i);
      FloatVector y = load(right, b + i);
      x.min(y).intoArray(to, result + i);
    }
  }

  private static void minimum(float[] left, int a, float y, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(left, a + i);
      x.min(y).intoArray(to, result + i);
    }
  }

  private static void greater(
      float[] left, int a, float[] right, int b, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(left, a + i);
      FloatVector y = load(right, b + i);
      RowMath.greater(x, y).intoArray(to, result + i);
    }
  }

  private static void greater(float[] left, int a, float y, float[] to, int result, int length) {
    for (int i = 0; i < length; i += LANES) {
      FloatVector x = load(left, a + i);
      RowMath.greater(x, y).intoArray(to, result + i);
    }
  }

  private static void subtract(
      float number, float[] right, int b, float[] to, int result, int length) {
    FloatVector x = FloatVector.broadcast(SPECIES, number);
    for (int i = 0; i < length; i += LANES) {
      FloatVector y = load(right, b + i);
      x.sub(y).intoArray(to, result + i);
    }
  }

  private static void divide(
      float number, float[] right, int b, float[] to, int result, int length) {
    FloatVector x = FloatVector.broadcast(SPECIES, number);
    for (int i = 0; i < length; i += LANES) {
      FloatVector y = load(right, b + i);
      x.div(y).intoArray(to, result + i);
    }
  }

  private static void greater(
      float number, float[] right, int b, float[] to, int result, int length) {
    FloatVector x = FloatVector.broadcast(SPECIES, number);
    for (int i = 0; i < length; i += LANES) {
      FloatVector y = load(right, b + i);
      RowMath.greater(x, y).intoArray(to, result + i);
    }
  }
}
