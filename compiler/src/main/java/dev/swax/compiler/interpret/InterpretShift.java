package dev.swax.compiler.interpret;

import java.util.List;

/** The token before, {@code y_t = input_{t-1}}, 0 at the first one of a document. */
record InterpretShift() implements RecurrenceMeaning {

  @Override
  public List<Matrix> forward(RecurrenceValues values) {
    Matrix input = values.operand("input");
    Matrix y = values.zeros("y");
    for (int row = 0; row < y.rows(); row++) {
      for (int c = 0; !begins(values, row) && c < y.columns(); c++) {
        y.set(row, c, input.get(row - 1, c));
      }
    }
    return List.of(y);
  }

  @Override
  public List<Matrix> gradient(RecurrenceValues values) {
    Matrix dInput = values.zeros("input");
    for (int row = 0; row < dInput.rows(); row++) {
      for (int c = 0; !begins(values, row) && c < dInput.columns(); c++) {
        dInput.set(row - 1, c, values.dy().get(row, c));
      }
    }
    return List.of(dInput);
  }

  private static boolean begins(RecurrenceValues values, int row) {
    return row % values.bindings().time() == 0 || values.bindings().startsDocument(row);
  }
}
