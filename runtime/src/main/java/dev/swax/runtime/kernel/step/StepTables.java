package dev.swax.runtime.kernel.step;

import static dev.swax.runtime.kernel.tile.VectorMath.SPECIES;

import dev.swax.runtime.kernel.step.StepInstruction.Reach;
import jdk.incubator.vector.FloatVector;

/**
 * Products over whole tables of {@code rows * columns} in one loop: a call for each row would cost
 * more than a row of a few vectors. Arrays are read and written to the end of the last vector of a
 * row, rows from the first to the last.
 */
final class StepTables {
  private static final int LANES = SPECIES.length();

  private StepTables() {}

  /** {@code to[i, j] = table[i, j] v[j]}. */
  static void byColumns(
      float[] table, int a, float[] v, int b, float[] to, int result, int rows, int columns) {
    for (int i = 0; i < rows; i++) {
      int row = i * columns;
      for (int j = 0; j < columns; j += LANES) {
        FloatVector x = FloatVector.fromArray(SPECIES, table, a + row + j);
        FloatVector y = FloatVector.fromArray(SPECIES, v, b + j);
        x.mul(y).intoArray(to, result + row + j);
      }
    }
  }

  /** {@code to[i, j] = table[i, j] k[i]}. */
  static void byRows(
      float[] table, int a, float[] k, int b, float[] to, int result, int rows, int columns) {
    for (int i = 0; i < rows; i++) {
      int row = i * columns;
      FloatVector y = FloatVector.broadcast(SPECIES, k[b + i]);
      for (int j = 0; j < columns; j += LANES) {
        FloatVector x = FloatVector.fromArray(SPECIES, table, a + row + j);
        x.mul(y).intoArray(to, result + row + j);
      }
    }
  }

  /** {@code to[i, j] = k[i] v[j]}. */
  static void outer(
      float[] k, int a, float[] v, int b, float[] to, int result, int rows, int columns) {
    for (int i = 0; i < rows; i++) {
      int row = i * columns;
      FloatVector x = FloatVector.broadcast(SPECIES, k[a + i]);
      for (int j = 0; j < columns; j += LANES) {
        FloatVector y = FloatVector.fromArray(SPECIES, v, b + j);
        x.mul(y).intoArray(to, result + row + j);
      }
    }
  }

  /** Whether an instruction is a product of sides of which one is spread over the other's table. */
  static boolean has(StepInstruction i) {
    return i.function() == StepFunction.MULTIPLY
        && i.sum() == StepInstruction.Sum.NONE
        && i.left().reach() != Reach.ONE
        && i.right().reach() != Reach.ONE
        && i.left().reach() != i.right().reach();
  }

  /** Such a product. */
  static void multiply(
      StepInstruction i, float[] left, int a, float[] right, int b, float[] to, int result) {
    Reach first = i.left().reach();
    Reach second = i.right().reach();
    if (first.compareTo(second) > 0) {
      ordered(second, first, right, b, left, a, to, result, i.rows(), i.columns());
    } else {
      ordered(first, second, left, a, right, b, to, result, i.rows(), i.columns());
    }
  }

  /** With a whole table before rows, and rows before columns. */
  private static void ordered(
      Reach first,
      Reach second,
      float[] left,
      int a,
      float[] right,
      int b,
      float[] to,
      int result,
      int rows,
      int columns) {
    if (first == Reach.ROW) {
      outer(left, a, right, b, to, result, rows, columns);
    } else if (second == Reach.ROW) {
      byRows(left, a, right, b, to, result, rows, columns);
    } else {
      byColumns(left, a, right, b, to, result, rows, columns);
    }
  }
}
