package dev.swax.runtime.kernel.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A step computed in double, element by element: what a program means. Values hold all heads, one
 * after the other.
 */
public final class StepMeaning {
  private final StepProgram program;
  private final int heads;
  private final List<double[]> values = new ArrayList<>();

  public StepMeaning(StepProgram program, int heads) {
    this.program = program;
    this.heads = heads;
    for (StepValue value : program.values()) {
      var numbers = new double[value.length(heads)];
      for (int i = 0; i < value.constants().size(); i++) {
        numbers[i] = value.constants().get(i);
      }
      values.add(numbers);
    }
  }

  /** The numbers of a value that comes from outside, to be filled. */
  public double[] value(String name) {
    return values.get(program.values().indexOf(program.value(name)));
  }

  /** The numbers that came out under a name. */
  public double[] output(String name) {
    Integer value = program.outputs().get(name);
    if (value == null) {
      throw new IllegalArgumentException("a step gives no " + name);
    }
    return values.get(value);
  }

  /** Computes the token. */
  public void run() {
    for (StepInstruction instruction : program.instructions()) {
      int parts = instruction.each() ? heads : 1;
      for (int head = 0; head < parts; head++) {
        run(instruction, head);
      }
    }
  }

  private void run(StepInstruction i, int head) {
    double[] result = values.get(i.result());
    boolean ofAll = i.sum() == StepInstruction.Sum.ADDED && !isEach(i.result());
    int first = ofAll ? 0 : head * i.size();
    if (i.sum() != StepInstruction.Sum.ADDED) {
      Arrays.fill(result, first, first + i.size(), 0);
    }
    Numbers left = numbers(i, i.left(), head);
    Numbers right = numbers(i, i.right(), head);
    for (int row = 0; row < i.rows(); row++) {
      for (int column = 0; column < i.columns(); column++) {
        int at =
            switch (i.sum()) {
              case NONE, ADDED -> row * i.columns() + column;
              case ROWS -> column;
              case COLUMNS -> row;
              case ALL -> 0;
            };
        result[first + at] += i.function().of(left.at(row, column), right.at(row, column));
      }
    }
  }

  /** What an instruction reads: one for each row and column, or the same for all of them. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Numbers(double[] values, int first, int perRow, int perColumn) {
    double at(int row, int column) {
      return values[first + row * perRow + column * perColumn];
    }
  }

  private Numbers numbers(StepInstruction i, StepInstruction.Operand operand, int head) {
    double[] all = values.get(operand.value());
    int apart = i.each() && isEach(operand.value()) ? head : 0;
    return switch (operand.reach()) {
      case FULL -> new Numbers(all, apart * i.rows() * i.columns(), i.columns(), 1);
      case ROW -> new Numbers(all, apart * i.rows(), 1, 0);
      case COLUMN -> new Numbers(all, apart * i.columns(), 0, 1);
      case ONE -> new Numbers(all, apart, 0, 0);
    };
  }

  private boolean isEach(int value) {
    return program.values().get(value).each();
  }
}
