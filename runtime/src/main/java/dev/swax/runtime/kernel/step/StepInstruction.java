package dev.swax.runtime.kernel.step;

import java.util.Locale;

/**
 * One instruction of a step: {@code f(left, right)} over a table of {@code rows * columns}
 * elements, in each head or once for all heads, and then its sum over some of them.
 *
 * @param result a value; of {@link Sum#ADDED} the parameter whose gradient this is a part of
 * @param function of both sides; of a sum it is the product
 * @param right the left side again where the function takes one value
 * @param split of what is made once for all heads: how many numbers each head gets of it, or 0
 */
public record StepInstruction(
    int result,
    StepFunction function,
    Sum sum,
    Operand left,
    Operand right,
    boolean each,
    int rows,
    int columns,
    int split) {

  /** What becomes of the elements. */
  public enum Sum {
    /** All are the result. */
    NONE,
    /** The sum over the rows: one number for each column. */
    ROWS,
    /** The sum over the columns: one number for each row. */
    COLUMNS,
    /** One number. */
    ALL,
    /** All are added to what the result holds. */
    ADDED;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Which number of a value belongs to the element in row i and column j. */
  public enum Reach {
    /** Its own. */
    FULL,
    /** Number i. */
    ROW,
    /** Number j. */
    COLUMN,
    /** The only one. */
    ONE;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A side: a value and how it is spread. */
  public record Operand(int value, Reach reach) {}

  /** Numbers of the result, in each head or for all. */
  public int size() {
    return switch (sum) {
      case NONE, ADDED -> rows * columns;
      case ROWS -> columns;
      case COLUMNS -> rows;
      case ALL -> 1;
    };
  }
}
