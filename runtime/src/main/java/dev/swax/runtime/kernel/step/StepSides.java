package dev.swax.runtime.kernel.step;

import dev.swax.runtime.kernel.step.StepInstruction.Reach;

/** Where both sides of an instruction lie, of one head. */
final class StepSides {
  private static final float[] NONE = {};

  float[] left = NONE;
  float[] right = NONE;

  /** Whether each column has a number of its own. */
  boolean leftWide;

  boolean rightWide;

  private int leftFirst;
  private int rightFirst;
  private int leftRow;
  private int rightRow;

  void left(float[] from, int first, Reach reach, int columns) {
    left = from;
    leftFirst = first;
    leftWide = isWide(reach);
    leftRow = row(reach, columns);
  }

  void right(float[] from, int first, Reach reach, int columns) {
    right = from;
    rightFirst = first;
    rightWide = isWide(reach);
    rightRow = row(reach, columns);
  }

  private static boolean isWide(Reach reach) {
    return reach == Reach.FULL || reach == Reach.COLUMN;
  }

  private static int row(Reach reach, int columns) {
    return switch (reach) {
      case FULL -> columns;
      case ROW -> 1;
      case COLUMN, ONE -> 0;
    };
  }

  int leftAt(int row, int column) {
    return leftFirst + row * leftRow + (leftWide ? column : 0);
  }

  int rightAt(int row, int column) {
    return rightFirst + row * rightRow + (rightWide ? column : 0);
  }
}
