package dev.swax.compiler.interpret;

import dev.swax.runtime.kernel.step.StepSequences;
import dev.swax.runtime.kernel.step.StepShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** A step of any form, token after token. */
record InterpretStep(StepShape shape) implements RecurrenceMeaning {

  @Override
  public List<Matrix> forward(RecurrenceValues values) {
    Matrix y = values.zeros(StepShape.RESULT);
    List<double[]> states = states(values.bindings().batch());
    System.arraycopy(sequences(values, states).forward(), 0, y.values(), 0, y.values().length);
    return List.of(y);
  }

  @Override
  public OptionalDouble stateNorm(RecurrenceValues values) {
    List<double[]> states = states(values.bindings().batch());
    sequences(values, states).forward();
    double squares =
        states.stream().flatMapToDouble(Arrays::stream).map(element -> element * element).sum();
    return OptionalDouble.of(Math.sqrt(squares / shape.heads() / values.bindings().batch()));
  }

  @Override
  public List<Matrix> gradient(RecurrenceValues values) {
    StepSequences sequences = sequences(values, states(values.bindings().batch()));
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

  /** {@code states}: before the first token, and after a run forward those behind the last. */
  private StepSequences sequences(RecurrenceValues values, List<double[]> states) {
    Bindings bindings = values.bindings();
    boolean[] resets = new boolean[bindings.rows()];
    for (int row = 0; row < resets.length; row++) {
      resets[row] = bindings.startsDocument(row);
    }
    List<double[]> operands =
        shape.operands().stream().map(name -> values.operand(name).values()).toList();
    return new StepSequences(shape, bindings.batch(), bindings.time(), operands, states, resets);
  }

  private List<double[]> states(int batch) {
    return shape.states().stream().map(name -> new double[batch * shape.columns(name)]).toList();
  }
}
