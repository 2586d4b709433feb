package dev.swax.compiler.interpret;

import dev.swax.runtime.kernel.step.StepSequences;
import dev.swax.runtime.kernel.step.StepShape;
import java.util.ArrayList;
import java.util.List;

/** A step of any form, token after token. */
record InterpretStep(StepShape shape) implements RecurrenceMeaning {

  @Override
  public List<Matrix> forward(RecurrenceValues values) {
    Matrix y = values.zeros(StepShape.RESULT);
    System.arraycopy(sequences(values).forward(), 0, y.values(), 0, y.values().length);
    return List.of(y);
  }

  @Override
  public List<Matrix> gradient(RecurrenceValues values) {
    StepSequences sequences = sequences(values);
    List<double[]> gradients =
        sequences.gradient(values.dy().values(), states(values.bindings().batch()));
    var results = new ArrayList<Matrix>();
    for (int i = 0; i < gradients.size(); i++) {
      Matrix result = values.zeros(shape.operands().get(i));
      System.arraycopy(gradients.get(i), 0, result.values(), 0, result.values().length);
      results.add(result);
    }
    return results;
  }

  private StepSequences sequences(RecurrenceValues values) {
    Bindings bindings = values.bindings();
    boolean[] resets = new boolean[bindings.rows()];
    for (int row = 0; row < resets.length; row++) {
      resets[row] = bindings.startsDocument(row);
    }
    List<double[]> operands =
        shape.operands().stream().map(name -> values.operand(name).values()).toList();
    return new StepSequences(
        shape, bindings.batch(), bindings.time(), operands, states(bindings.batch()), resets);
  }

  private List<double[]> states(int batch) {
    return shape.states().stream().map(name -> new double[batch * shape.columns(name)]).toList();
  }
}
