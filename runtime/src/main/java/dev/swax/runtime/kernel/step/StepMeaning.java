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
    for (int row = 0; row < i.rows(); row++) {
      for (int column = 0; column < i.columns(); column++) {
        double a = read(i, i.left(), head, row, column);
        double b = read(i, i.right(), head, row, column);
        int at =
            switch (i.sum()) {
              case NONE, ADDED -> row * i.columns() + column;
              case ROWS -> column;
              case COLUMNS -> row;
              case ALL -> 0;
            };
        result[first + at] += i.function().of(a, b);
      }
    }
  }

  private double read(
      StepInstruction i, StepInstruction.Operand operand, int head, int row, int column) {
    int size =
        switch (operand.reach()) {
          case FULL -> i.rows() * i.columns();
          case ROW -> i.rows();
          case COLUMN -> i.columns();
          case ONE -> 1;
        };
    int at =
        switch (operand.reach()) {
          case FULL -> row * i.columns() + column;
          case ROW -> row;
          case COLUMN -> column;
          case ONE -> 0;
        };
    boolean each = isEach(operand.value());
    return values.get(operand.value())[(i.each() && each ? head * size : 0) + at];
  }

  private boolean isEach(int value) {
    return program.values().get(value).each();
  }
}
