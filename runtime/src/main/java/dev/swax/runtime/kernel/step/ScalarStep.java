package dev.swax.runtime.kernel.step;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The meaning of a {@link StepShape}, in double. */
final class ScalarStep implements RecurrenceKernel {

  @Override
  public void forward(RecurrenceCall call) {
    StepSequences sequences = sequences(call);
    write(sequences.forward(), call.results().getFirst());
    for (int i = 0; i < call.states().size(); i++) {
      write(sequences.states().get(i), call.states().get(i));
    }
  }

  @Override
  public void byToken(RecurrenceCall call) {
    forward(call);
  }

  @Override
  public void gradient(RecurrenceGradientCall call) {
    RecurrenceCall forward = call.forward();
    StepShape shape = (StepShape) forward.shape();
    List<double[]> dStates = states(shape, call.dStates(), forward.batch());
    int columns = shape.columns(StepShape.RESULT);
    double[] dy = read(call.dy(), (long) forward.batch() * forward.time() * columns);
    List<double[]> gradients = sequences(forward).gradient(dy, dStates);
    for (int i = 0; i < gradients.size(); i++) {
      Tensor gradient = call.gradients().get(i);
      boolean learnt = shape.parameters().contains(shape.operands().get(i));
      double[] values = gradients.get(i);
      for (int j = 0; j < values.length; j++) {
        gradient.set(j, (float) (values[j] + (learnt ? gradient.get(j) : 0)));
      }
    }
    for (int i = 0; i < call.dStates().size(); i++) {
      write(dStates.get(i), call.dStates().get(i));
    }
  }

  @Override
  public long workspaceBytes() {
    return 0;
  }

  private static StepSequences sequences(RecurrenceCall call) {
    StepShape shape = (StepShape) call.shape();
    List<double[]> operands = new ArrayList<>();
    for (String name : shape.operands()) {
      long rows =
          shape.parameters().contains(name) ? shape.rows(name) : (long) call.batch() * call.time();
      operands.add(read(call.operand(name), rows * shape.columns(name)));
    }
    List<double[]> states = states(shape, call.states(), call.batch());
    return new StepSequences(shape, call.batch(), call.time(), operands, states, call.resets());
  }

  /** A copy of the states, zeros where none are given. */
  private static List<double[]> states(StepShape shape, List<Tensor> given, int batch) {
    List<double[]> states = new ArrayList<>();
    for (int i = 0; i < shape.states().size(); i++) {
      int length = batch * shape.columns(shape.states().get(i));
      states.add(given.isEmpty() ? new double[length] : read(given.get(i), length));
    }
    return states;
  }

  private static double[] read(Tensor tensor, long length) {
    var values = new double[Math.toIntExact(length)];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.get(i);
    }
    return values;
  }

  private static void write(double[] values, Tensor tensor) {
    for (int i = 0; i < values.length; i++) {
      tensor.set(i, (float) values[i]);
    }
  }
}
