package dev.swax.compiler.interpret;

import dev.swax.runtime.kernel.scan.ScanShape;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A scan, element after element; g is the gradient of the whole loss with respect to h:
 *
 * <pre>
 * h_t = decay_t h_{t-1} + input_t                   h_{t-1} = 0 where a document begins
 * g_t = dy_t + decay_{t+1} g_{t+1};   dinput_t = g_t;   ddecay_t = g_t h_{t-1}
 * </pre>
 */
record InterpretScan(ScanShape shape) implements RecurrenceMeaning {

  @Override
  public List<Matrix> forward(RecurrenceValues values) {
    Matrix decay = values.operand("decay");
    Matrix input = values.operand("input");
    Matrix h = values.zeros("h");
    for (int row = 0; row < h.rows(); row++) {
      for (int column = 0; column < h.columns(); column++) {
        double before = begins(values, row) ? 0 : h.get(row - 1, column);
        h.set(row, column, decay.get(row, column) * before + input.get(row, column));
      }
    }
    return List.of(h);
  }

  @Override
  public OptionalDouble stateNorm(RecurrenceValues values) {
    Matrix h = forward(values).getFirst();
    int time = values.bindings().time();
    double squares = 0;
    for (int row = time - 1; row < h.rows(); row += time) {
      for (int column = 0; column < h.columns(); column++) {
        squares += h.get(row, column) * h.get(row, column);
      }
    }
    return OptionalDouble.of(Math.sqrt(squares / shape.heads() / values.bindings().batch()));
  }

  @Override
  public List<Matrix> gradient(RecurrenceValues values) {
    Matrix decay = values.operand("decay");
    Matrix h = forward(values).getFirst();
    Matrix dDecay = values.zeros("decay");
    Matrix dInput = values.zeros("input");
    for (int row = h.rows() - 1; row >= 0; row--) {
      boolean last = row + 1 == h.rows() || begins(values, row + 1);
      for (int column = 0; column < h.columns(); column++) {
        double later = last ? 0 : decay.get(row + 1, column) * dInput.get(row + 1, column);
        double g = values.dy().get(row, column) + later;
        dInput.set(row, column, g);
        dDecay.set(row, column, begins(values, row) ? 0 : g * h.get(row - 1, column));
      }
    }
    return List.of(dDecay, dInput);
  }

  /** Whether nothing comes into this row from the one before. */
  private static boolean begins(RecurrenceValues values, int row) {
    return row % values.bindings().time() == 0 || values.bindings().startsDocument(row);
  }
}
