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
      to[result + i] = VectorMath.sum(row(sides, i, columns, FloatVector.zero(SPECIES)));
    }
  }

  /** The sum of all products. */
  static float all(StepSides sides, int rows, int columns) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < rows; i++) {
      sum = row(sides, i, columns, sum);
    }
    return VectorMath.sum(sum);
  }

  private static FloatVector row(StepSides sides, int i, int columns, FloatVector before) {
    FloatVector sum = before;
    int whole = SPECIES.loopBound(columns);
    int a = sides.leftAt(i, 0);
    int b = sides.rightAt(i, 0);
    for (int j = 0; j < whole; j += LANES) {
      FloatVector x = load(sides.left, sides.leftWide ? a + j : a, sides.leftWide);
      FloatVector y = load(sides.right, sides.rightWide ? b + j : b, sides.rightWide);
      sum = x.fma(y, sum);
    }
    if (whole < columns) {
      VectorMask<Float> here = SPECIES.indexInRange(whole, columns);
      FloatVector x = load(sides.left, sides.leftWide ? a + whole : a, sides.leftWide);
      FloatVector y = load(sides.right, sides.rightWide ? b + whole : b, sides.rightWide);
      sum = sum.add(x.mul(y), here);
    }
    return sum;
  }

  /** {@code to[i, j] += left[i, j] right[i, j]}. */
  static void added(StepSides sides, float[] to, int result, int rows, int columns) {
    int whole = SPECIES.loopBound(columns);
    for (int i = 0; i < rows; i++) {
      int a = sides.leftAt(i, 0);
      int b = sides.rightAt(i, 0);
      int at = result + i * columns;
      for (int j = 0; j < whole; j += LANES) {
        FloatVector x = load(sides.left, sides.leftWide ? a + j : a, sides.leftWide);
        FloatVector y = load(sides.right, sides.rightWide ? b + j : b, sides.rightWide);
        x.fma(y, FloatVector.fromArray(SPECIES, to, at + j)).intoArray(to, at + j);
      }
      if (whole < columns) {
        VectorMask<Float> here = SPECIES.indexInRange(whole, columns);
        FloatVector x = load(sides.left, sides.leftWide ? a + whole : a, sides.leftWide);
        FloatVector y = load(sides.right, sides.rightWide ? b + whole : b, sides.rightWide);
        FloatVector known = FloatVector.fromArray(SPECIES, to, at + whole, here);
        x.fma(y, known).intoArray(to, at + whole, here);
      }
    }
  }
}
