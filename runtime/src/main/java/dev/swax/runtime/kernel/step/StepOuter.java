package dev.swax.runtime.kernel.step;

/**
 * Products of rows and columns that tokens add to the gradient of a parameter, {@code d[i, j] +=
 * k[i] v[j]}. They are held for some tokens and then added together, so that the gradient, which is
 * as large as the parameter, is read and written once for all of them. Each number gets the tokens
 * in their order.
 */
final class StepOuter {
  /** Most tokens that are held. */
  static final int TOKENS = 16;

  private final StepLoop.Side row;
  private final StepLoop.Side column;
  private final StepLoop.Side result;
  private final int rows;
  private final int columns;
  private final int heads;
  private final int rowLength;
  private final int columnLength;
  private final int place;

  /**
   * @param heads of a part
   * @param group sequences of a part
   * @param place of what is held
   */
  StepOuter(
      StepLoop.Side row,
      StepLoop.Side column,
      StepLoop.Side result,
      int rows,
      int columns,
      int heads,
      int group,
      int place) {
    this.row = row;
    this.column = column;
    this.result = result;
    this.rows = rows;
    this.columns = columns;
    this.heads = heads;
    this.place = place;
    rowLength = group * row.apart();
    columnLength = group * column.apart();
  }

  /** Floats that are held. */
  int length() {
    return TOKENS * (rowLength + columnLength) + StepTogether.LANES;
  }

  /** Holds both sides of a token. */
  void hold(float[] own, float[] held, int token) {
    int at = place + token * (rowLength + columnLength);
    System.arraycopy(own, row.place(), held, at, rowLength);
    System.arraycopy(own, column.place(), held, at + rowLength, columnLength);
  }

  /** Adds so many tokens, of so many sequences of the group, to their gradients. */
  void add(int sequences, float[] held, int tokens, float[] gradients) {
    int step = rowLength + columnLength;
    for (int s = 0; s < sequences; s++) {
      for (int h = 0; h < heads; h++) {
        int k = place + s * row.apart() + h * row.step();
        int v = place + rowLength + s * column.apart() + h * column.step();
        int to = result.place() + s * result.apart() + h * result.step();
        StepTogether.addOuters(held, k, v, step, tokens, gradients, to, rows, columns);
      }
    }
  }
}
