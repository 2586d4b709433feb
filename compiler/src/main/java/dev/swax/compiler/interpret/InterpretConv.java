package dev.swax.compiler.interpret;

import dev.swax.runtime.kernel.conv.ConvShape;
import java.util.List;

/**
 * A convolution, element after element; tokens before the document are 0:
 *
 * <pre>
 * y_t = sum over j of weight[j] input_{t-j}
 * dinput_{t-j} += weight[j] dy_t;   dweight[j] += dy_t input_{t-j}
 * </pre>
 */
record InterpretConv(ConvShape shape) implements RecurrenceMeaning {

  @Override
  public List<Matrix> forward(RecurrenceValues values) {
    Matrix input = values.operand("input");
    Matrix weight = values.operand("weight");
    Matrix y = values.zeros("y");
    for (int row = 0; row < y.rows(); row++) {
      for (int j = 0; j < seen(values, row); j++) {
        for (int c = 0; c < shape.channels(); c++) {
          y.set(row, c, y.get(row, c) + weight.get(j, c) * input.get(row - j, c));
        }
      }
    }
    return List.of(y);
  }

  @Override
  public List<Matrix> gradient(RecurrenceValues values) {
    Matrix input = values.operand("input");
    Matrix weight = values.operand("weight");
    Matrix dy = values.dy();
    Matrix dInput = values.zeros("input");
    Matrix dWeight = values.zeros("weight");
    for (int row = 0; row < dy.rows(); row++) {
      for (int j = 0; j < seen(values, row); j++) {
        for (int c = 0; c < shape.channels(); c++) {
          double g = dy.get(row, c);
          dInput.set(row - j, c, dInput.get(row - j, c) + weight.get(j, c) * g);
          dWeight.set(j, c, dWeight.get(j, c) + g * input.get(row - j, c));
        }
      }
    }
    return List.of(dInput, dWeight);
  }

  /** How many tokens of its document a token sees, itself among them. */
  private int seen(RecurrenceValues values, int row) {
    int seen = 1;
    while (seen < shape.width() && !begins(values, row - seen + 1)) {
      seen++;
    }
    return seen;
  }

  /** Whether nothing comes into this row from the one before. */
  private static boolean begins(RecurrenceValues values, int row) {
    return row % values.bindings().time() == 0 || values.bindings().startsDocument(row);
  }
}
