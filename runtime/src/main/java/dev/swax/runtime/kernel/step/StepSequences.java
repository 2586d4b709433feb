package dev.swax.runtime.kernel.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step along sequences, in double: what the recurrence and its gradient mean. All states are
 * held.
 *
 * @param operands in the order of the shape, [batch * time, columns], parameters as they are stored
 * @param states before the first token, [batch, columns] each; those after the last on return
 * @param resets where true, the states are emptied before that row's token; null: nowhere
 */
@SuppressWarnings("ArrayRecordComponent")
public record StepSequences(
    StepShape shape,
    int batch,
    int time,
    List<double[]> operands,
    List<double[]> states,
    boolean @Nullable [] resets) {

  /** The results of all tokens. */
  public double[] forward() {
    var step = new StepMeaning(shape.step(), shape.heads());
    double[] y = new double[batch * time * shape.columns(StepShape.RESULT)];
    for (int sequence = 0; sequence < batch; sequence++) {
      List<double[]> carried = first(sequence);
      for (int t = 0; t < time; t++) {
        carried = token(step, sequence * time + t, carried);
        put(step.output(StepShape.RESULT), y, sequence * time + t);
      }
      for (int i = 0; i < carried.size(); i++) {
        put(carried.get(i), states.get(i), sequence);
      }
    }
    return y;
  }

  /**
   * The gradients of all operands, with {@code dStates} those of the last states on entry and of
   * the first on return.
   */
  public List<double[]> gradient(double[] dy, List<double[]> dStates) {
    var step = new StepMeaning(shape.step(), shape.heads());
    var back = new StepMeaning(shape.gradient(), shape.heads());
    List<double[]> gradients = operands.stream().map(o -> new double[o.length]).toList();
    for (int sequence = 0; sequence < batch; sequence++) {
      List<List<double[]>> before = statesOf(step, sequence);
      List<double[]> later = new ArrayList<>();
      for (int i = 0; i < dStates.size(); i++) {
        later.add(row(dStates.get(i), sequence, width(i)));
      }
      for (int t = time - 1; t >= 0; t--) {
        int row = sequence * time + t;
        bind(back, row, before.get(t));
        copy(row(dy, row, shape.columns(StepShape.RESULT)), back.value("d:y"));
        for (int i = 0; i < later.size(); i++) {
          copy(later.get(i), back.value("d:" + name(i) + "'"));
        }
        back.run();
        for (int i = 0; i < gradients.size(); i++) {
          String name = shape.operands().get(i);
          if (!shape.parameters().contains(name)) {
            put(back.output("d:" + name), gradients.get(i), row);
          }
        }
        for (int i = 0; i < later.size(); i++) {
          double[] d = back.output("d:" + name(i)).clone();
          Arrays.fill(d, 0, isReset(row) ? d.length : 0, 0);
          later.set(i, d);
        }
      }
      for (int i = 0; i < later.size(); i++) {
        put(later.get(i), dStates.get(i), sequence);
      }
    }
    for (String parameter : shape.parameters()) {
      copy(back.value("d:" + parameter), gradients.get(shape.operands().indexOf(parameter)));
    }
    return gradients;
  }

  /** The states before each token of a sequence. */
  private List<List<double[]>> statesOf(StepMeaning step, int sequence) {
    List<List<double[]>> all = new ArrayList<>();
    List<double[]> carried = first(sequence);
    for (int t = 0; t < time; t++) {
      int row = sequence * time + t;
      all.add(isReset(row) ? empty() : carried);
      carried = token(step, row, carried);
    }
    return all;
  }

  private List<double[]> token(StepMeaning step, int row, List<double[]> carried) {
    bind(step, row, isReset(row) ? empty() : carried);
    step.run();
    List<double[]> next = new ArrayList<>();
    for (String state : shape.states()) {
      next.add(step.output(state + "'").clone());
    }
    return next;
  }

  private void bind(StepMeaning program, int row, List<double[]> carried) {
    for (int i = 0; i < operands.size(); i++) {
      String name = shape.operands().get(i);
      boolean learnt = shape.parameters().contains(name);
      double[] all = operands.get(i);
      copy(learnt ? all : row(all, row, shape.columns(name)), program.value(name));
    }
    for (int i = 0; i < carried.size(); i++) {
      copy(carried.get(i), program.value(name(i)));
    }
  }

  private List<double[]> first(int sequence) {
    List<double[]> first = new ArrayList<>();
    for (int i = 0; i < states.size(); i++) {
      first.add(row(states.get(i), sequence, width(i)));
    }
    return first;
  }

  private List<double[]> empty() {
    return shape.states().stream().map(state -> new double[shape.columns(state)]).toList();
  }

  private boolean isReset(int row) {
    return resets != null && resets[row];
  }

  private String name(int state) {
    return shape.states().get(state);
  }

  private int width(int state) {
    return shape.columns(name(state));
  }

  private static double[] row(double[] all, int row, int columns) {
    return Arrays.copyOfRange(all, row * columns, (row + 1) * columns);
  }

  private static void put(double[] from, double[] to, int row) {
    System.arraycopy(from, 0, to, row * from.length, from.length);
  }

  private static void copy(double[] from, double[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }
}
