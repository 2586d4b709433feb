package dev.swax.runtime.kernel.step;

import static dev.swax.runtime.kernel.tile.VectorMath.SPECIES;

import dev.swax.runtime.kernel.tile.VectorMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Sums of products over a table of {@code rows * columns}. A side in an array has a step from row
 * to row and one from column to column, 0 or 1: see {@link StepInstruction.Reach}.
 */
final class StepSums {
  private static final int LANES = SPECIES.length();

  private StepSums() {}

  /** A vector from column j on, or one number for all of them. */
  private static FloatVector load(float[] from, int at, boolean wide) {
    return wide
        ? FloatVector.fromArray(SPECIES, from, at)
        : FloatVector.broadcast(SPECIES, from[at]);
  }

  /** {@code to[j] = sum over i of k[i] table[i, j]}, written to the end of the last vector. */
  static void read(
      float[] k, int a, float[] table, int b, float[] to, int result, int rows, int columns) {
    int j = 0;
    for (; j + 4 * LANES <= columns; j += 4 * LANES) {
      FloatVector first = FloatVector.zero(SPECIES);
      FloatVector second = first;
      FloatVector third = first;
      FloatVector fourth = first;
      for (int i = 0; i < rows; i++) {
        FloatVector x = FloatVector.broadcast(SPECIES, k[a + i]);
        int at = b + i * columns + j;
        first = x.fma(FloatVector.fromArray(SPECIES, table, at), first);
        second = x.fma(FloatVector.fromArray(SPECIES, table, at + LANES), second);
        third = x.fma(FloatVector.fromArray(SPECIES, table, at + 2 * LANES), third);
        fourth = x.fma(FloatVector.fromArray(SPECIES, table, at + 3 * LANES), fourth);
      }
      first.intoArray(to, result + j);
      second.intoArray(to, result + j + LANES);
      third.intoArray(to, result + j + 2 * LANES);
      fourth.intoArray(to, result + j + 3 * LANES);
    }
    for (; j < columns; j += LANES) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int i = 0; i < rows; i++) {
        FloatVector x = FloatVector.broadcast(SPECIES, k[a + i]);
        sum = x.fma(FloatVector.fromArray(SPECIES, table, b + i * columns + j), sum);
      }
      sum.intoArray(to, result + j);
    }
  }

  /** {@code to[j] = sum over i of left[i, j] right[i, j]}. */
  static void rows(StepSides sides, float[] to, int result, int rows, int columns) {
    for (int j = 0; j < columns; j += LANES) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int i = 0; i < rows; i++) {
        FloatVector x = load(sides.left, sides.leftAt(i, j), sides.leftWide);
        FloatVector y = load(sides.right, sides.rightAt(i, j), sides.rightWide);
        sum = x.fma(y, sum);
      }
      sum.intoArray(to, result + j);
    }
  }

  /** {@code to[i] = sum over j of left[i, j] right[i, j]}. */
  static void columns(StepSides sides, float[] to, int result, int rows, int columns) {
    for (int i = 0; i < rows; i++) {
      to[result + i] = sum(sides, i, i + 1, columns);
    }
  }

  /** The sum of all products. */
  static float all(StepSides sides, int rows, int columns) {
    return sum(sides, 0, rows, columns);
  }

  /**
   * The sum of the products of some rows: a number, since a vector that is returned is an object.
   */
  private static float sum(StepSides sides, int first, int end, int columns) {
    if (sides.leftWide && sides.rightWide) {
      return products(sides, first, end, columns);
    }
    if (sides.leftWide || sides.rightWide) {
      return scaled(sides, first, end, columns);
    }
    float sum = 0;
    for (int i = first; i < end; i++) {
      sum += columns * sides.left[sides.leftAt(i, 0)] * sides.right[sides.rightAt(i, 0)];
    }
    return sum;
  }

  private static float products(StepSides sides, int first, int end, int columns) {
    FloatVector sum = FloatVector.zero(SPECIES);
    int whole = SPECIES.loopBound(columns);
    for (int i = first; i < end; i++) {
      int a = sides.leftAt(i, 0);
      int b = sides.rightAt(i, 0);
      for (int j = 0; j < whole; j += LANES) {
        FloatVector x = FloatVector.fromArray(SPECIES, sides.left, a + j);
        sum = x.fma(FloatVector.fromArray(SPECIES, sides.right, b + j), sum);
      }
      if (whole < columns) {
        VectorMask<Float> here = SPECIES.indexInRange(whole, columns);
        FloatVector x = FloatVector.fromArray(SPECIES, sides.left, a + whole, here);
        sum = x.fma(FloatVector.fromArray(SPECIES, sides.right, b + whole, here), sum);
      }
    }
    return VectorMath.sum(sum);
  }

  /** One side has a number for each row, or one for all. */
  private static float scaled(StepSides sides, int first, int end, int columns) {
    boolean left = sides.leftWide;
    float[] wide = left ? sides.left : sides.right;
    float[] numbers = left ? sides.right : sides.left;
    FloatVector sum = FloatVector.zero(SPECIES);
    int whole = SPECIES.loopBound(columns);
    for (int i = first; i < end; i++) {
      int at = left ? sides.leftAt(i, 0) : sides.rightAt(i, 0);
      float number = numbers[left ? sides.rightAt(i, 0) : sides.leftAt(i, 0)];
      FloatVector y = FloatVector.broadcast(SPECIES, number);
      for (int j = 0; j < whole; j += LANES) {
        sum = y.fma(FloatVector.fromArray(SPECIES, wide, at + j), sum);
      }
      if (whole < columns) {
        VectorMask<Float> here = SPECIES.indexInRange(whole, columns);
        sum = y.fma(FloatVector.fromArray(SPECIES, wide, at + whole, here), sum);
      }
    }
    return VectorMath.sum(sum);
  }

  /** {@code to[i, j] += k[i] v[j]}. */
  static void addedOuter(
      float[] k, int a, float[] v, int b, float[] to, int result, int rows, int columns) {
    int j = 0;
    for (; j + 4 * LANES <= columns; j += 4 * LANES) {
      FloatVector first = FloatVector.fromArray(SPECIES, v, b + j);
      FloatVector second = FloatVector.fromArray(SPECIES, v, b + j + LANES);
      FloatVector third = FloatVector.fromArray(SPECIES, v, b + j + 2 * LANES);
      FloatVector fourth = FloatVector.fromArray(SPECIES, v, b + j + 3 * LANES);
      for (int i = 0; i < rows; i++) {
        FloatVector x = FloatVector.broadcast(SPECIES, k[a + i]);
        int at = result + i * columns + j;
        x.fma(first, FloatVector.fromArray(SPECIES, to, at)).intoArray(to, at);
        x.fma(second, FloatVector.fromArray(SPECIES, to, at + LANES)).intoArray(to, at + LANES);
        x.fma(third, FloatVector.fromArray(SPECIES, to, at + 2 * LANES))
            .intoArray(to, at + 2 * LANES);
        x.fma(fourth, FloatVector.fromArray(SPECIES, to, at + 3 * LANES))
            .intoArray(to, at + 3 * LANES);
      }
    }
    for (; j < columns; j += LANES) {
      VectorMask<Float> here = SPECIES.indexInRange(j, columns);
      FloatVector y = FloatVector.fromArray(SPECIES, v, b + j, here);
      for (int i = 0; i < rows; i++) {
        FloatVector x = FloatVector.broadcast(SPECIES, k[a + i]);
        int at = result + i * columns + j;
        x.fma(y, FloatVector.fromArray(SPECIES, to, at, here)).intoArray(to, at, here);
      }
    }
  }

  /** {@code to[i, j] += left[i, j] right[i, j]}. */
  static void added(StepSides sides, float[] to, int result, int rows, int columns) {
    for (int i = 0; i < rows; i++) {
      int a = sides.leftAt(i, 0);
      int b = sides.rightAt(i, 0);
      int at = result + i * columns;
      if (sides.leftWide && sides.rightWide) {
        added(sides.left, a, sides.right, b, to, at, columns);
      } else if (sides.leftWide) {
        added(sides.left, a, sides.right[b], to, at, columns);
      } else if (sides.rightWide) {
        added(sides.right, b, sides.left[a], to, at, columns);
      } else {
        for (int j = 0; j < columns; j++) {
          to[at + j] += sides.left[a] * sides.right[b];
        }
      }
    }
  }

  private static void added(
      float[] left, int a, float[] right, int b, float[] to, int at, int columns) {
    int whole = SPECIES.loopBound(columns);
    for (int j = 0; j < whole; j += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, left, a + j);
      FloatVector y = FloatVector.fromArray(SPECIES, right, b + j);
      x.fma(y, FloatVector.fromArray(SPECIES, to, at + j)).intoArray(to, at + j);
    }
    for (int j = whole; j < columns; j++) {
      to[at + j] = Math.fma(left[a + j], right[b + j], to[at + j]);
    }
  }

  private static void added(float[] left, int a, float number, float[] to, int at, int columns) {
    FloatVector y = FloatVector.broadcast(SPECIES, number);
    int whole = SPECIES.loopBound(columns);
    for (int j = 0; j < whole; j += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, left, a + j);
      x.fma(y, FloatVector.fromArray(SPECIES, to, at + j)).intoArray(to, at + j);
    }
    for (int j = whole; j < columns; j++) {
      to[at + j] = Math.fma(left[a + j], number, to[at + j]);
    }
  }
}
