package dev.swax.compiler.step;

import dev.swax.runtime.kernel.step.StepFunction;
import dev.swax.runtime.kernel.step.StepInstruction;
import dev.swax.runtime.kernel.step.StepInstruction.Operand;
import dev.swax.runtime.kernel.step.StepInstruction.Reach;
import dev.swax.runtime.kernel.step.StepInstruction.Sum;
import dev.swax.runtime.kernel.step.StepProgram;
import dev.swax.runtime.kernel.step.StepValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Writes the program of a step. A value that is made twice in the same way is one; what no output
 * needs is left out.
 */
public final class StepWriter {
  private final List<StepValue> values = new ArrayList<>();
  private final List<StepInstruction> instructions = new ArrayList<>();
  private final Map<StepInstruction, Integer> known = new LinkedHashMap<>();
  private final SequencedMap<String, Integer> outputs = new LinkedHashMap<>();

  /**
   * A value and how it is looked at: {@code rows * columns} numbers in each head, or of all heads
   * together. A vector is one row.
   */
  public record View(int value, boolean each, int rows, int columns) {
    /** The numbers of a head, or of all. */
    public int size() {
      return rows * columns;
    }

    boolean isOne() {
      return size() == 1;
    }
  }

  List<StepInstruction> instructions() {
    return instructions;
  }

  StepValue value(int index) {
    return values.get(index);
  }

  List<StepValue> values() {
    return values;
  }

  SequencedMap<String, Integer> outputs() {
    return outputs;
  }

  /** A value that comes from outside. */
  public View input(StepValue.Kind kind, String name, boolean each, int rows, int columns) {
    int stored = kind == StepValue.Kind.STATE ? (rows == 1 ? 1 : columns) : 0;
    return input(kind, name, each, rows, columns, stored);
  }

  /** A parameter, stored as rows of so many columns. */
  public View parameter(String name, boolean each, int rows, int columns, int stored) {
    return input(StepValue.Kind.PARAMETER, name, each, rows, columns, stored);
  }

  private View input(
      StepValue.Kind kind, String name, boolean each, int rows, int columns, int stored) {
    values.add(new StepValue(kind, name, each, rows * columns, stored, List.of()));
    return new View(values.size() - 1, each, rows, columns);
  }

  /** The same number for all heads, or one for each. */
  public View constant(List<Double> numbers) {
    boolean each = numbers.size() > 1;
    for (int i = 0; i < values.size(); i++) {
      StepValue value = values.get(i);
      if (value.kind() == StepValue.Kind.CONSTANT && value.constants().equals(numbers)) {
        return new View(i, each, 1, 1);
      }
    }
    String name = "#" + values.size();
    values.add(new StepValue(StepValue.Kind.CONSTANT, name, each, 1, 0, numbers));
    return new View(values.size() - 1, each, 1, 1);
  }

  public View constant(double number) {
    return constant(List.of(number));
  }

  /** A function of one value, element by element. */
  public View unary(StepFunction function, View x) {
    var operand = new Operand(x.value(), Reach.FULL);
    return make(function, Sum.NONE, operand, operand, x);
  }

  /** A function of two values of one size, or of one and a single number. */
  public View binary(StepFunction function, View a, View b) {
    View over = a.size() >= b.size() ? larger(a, b) : b;
    return make(function, Sum.NONE, spread(a, over), spread(b, over), over);
  }

  private static View larger(View a, View b) {
    return a.size() == b.size() && !a.each() && b.each() ? b : a;
  }

  private static Operand spread(View x, View over) {
    return new Operand(x.value(), x.size() == over.size() ? Reach.FULL : Reach.ONE);
  }

  public View add(View a, View b) {
    return binary(StepFunction.ADD, a, b);
  }

  public View multiply(View a, View b) {
    return binary(StepFunction.MULTIPLY, a, b);
  }

  /** {@code outer(k, v)}: a table. */
  public View outer(View k, View v) {
    var over = new View(-1, k.each(), k.size(), v.size());
    return make(
        StepFunction.MULTIPLY,
        Sum.NONE,
        new Operand(k.value(), Reach.ROW),
        new Operand(v.value(), Reach.COLUMN),
        over);
  }

  /** {@code diag(a) * S}, or another function of a row's number and its elements. */
  public View rows(View a, View table) {
    return make(
        StepFunction.MULTIPLY,
        Sum.NONE,
        new Operand(a.value(), Reach.ROW),
        new Operand(table.value(), Reach.FULL),
        table);
  }

  /** {@code S * diag(a)}. */
  public View columns(View table, View a) {
    return make(
        StepFunction.MULTIPLY,
        Sum.NONE,
        new Operand(table.value(), Reach.FULL),
        new Operand(a.value(), Reach.COLUMN),
        table);
  }

  /** {@code k . S}: the sum over the rows of a table. */
  public View read(View k, View table) {
    return make(
        StepFunction.MULTIPLY,
        Sum.ROWS,
        new Operand(k.value(), Reach.ROW),
        new Operand(table.value(), Reach.FULL),
        table);
  }

  /** {@code a . b} of two vectors: one number in each head. */
  public View dot(View a, View b) {
    return make(
        StepFunction.MULTIPLY,
        Sum.ALL,
        new Operand(a.value(), Reach.FULL),
        new Operand(b.value(), Reach.FULL),
        a);
  }

  /** The sums of the products in each row; b has a number for each, or one for all. */
  public View sums(View a, View b) {
    boolean one = b.isOne() && !a.isOne();
    return make(
        StepFunction.MULTIPLY,
        a.rows() == 1 ? Sum.ALL : Sum.COLUMNS,
        new Operand(a.value(), Reach.FULL),
        new Operand(b.value(), one ? Reach.ONE : Reach.FULL),
        a);
  }

  /** A function of each number and that of its row; split to the heads, so many each, unless 0. */
  public View perRow(StepFunction function, View table, View numbers, int split) {
    return make(
        function,
        Sum.NONE,
        new Operand(table.value(), Reach.FULL),
        new Operand(numbers.value(), table.rows() == 1 ? Reach.ONE : Reach.ROW),
        table,
        split);
  }

  /**
   * {@code x W} over all heads: x of each head, or as wide as the model; what it gives is split to
   * the heads, so many numbers each, or as wide as the model for 0.
   */
  public View projection(View x, View weight, int split) {
    return make(
        StepFunction.MULTIPLY,
        Sum.ROWS,
        new Operand(x.value(), Reach.ROW),
        new Operand(weight.value(), Reach.FULL),
        weight,
        split);
  }

  /** What all heads have together, so many numbers for each. */
  public View split(View x, int size) {
    return make(
        StepFunction.MULTIPLY,
        Sum.NONE,
        new Operand(x.value(), Reach.FULL),
        new Operand(constant(1).value(), Reach.ONE),
        x,
        size);
  }

  /** What an instruction over a table makes, seen as what it is. */
  View make(StepFunction function, Sum sum, Operand left, Operand right, View over) {
    return make(function, sum, left, right, over, 0);
  }

  View make(StepFunction function, Sum sum, Operand left, Operand right, View over, int split) {
    int index =
        instruction(
            new StepInstruction(
                -1, function, sum, left, right, over.each(), over.rows(), over.columns(), split));
    if (split > 0) {
      return new View(index, true, 1, split);
    }
    return switch (sum) {
      case NONE, ADDED -> new View(index, over.each(), over.rows(), over.columns());
      case ROWS -> new View(index, over.each(), 1, over.columns());
      case COLUMNS -> new View(index, over.each(), 1, over.rows());
      case ALL -> new View(index, over.each(), 1, 1);
    };
  }

  private int instruction(StepInstruction instruction) {
    Integer made = known.get(instruction);
    if (made != null) {
      return made;
    }
    boolean each = instruction.each() || instruction.split() > 0;
    int size = instruction.split() > 0 ? instruction.split() : instruction.size();
    String name = "%" + values.size();
    values.add(new StepValue(StepValue.Kind.MADE, name, each, size, 0, List.of()));
    instructions.add(at(instruction, values.size() - 1));
    known.put(instruction, values.size() - 1);
    return values.size() - 1;
  }

  private static StepInstruction at(StepInstruction i, int result) {
    return new StepInstruction(
        result,
        i.function(),
        i.sum(),
        i.left(),
        i.right(),
        i.each(),
        i.rows(),
        i.columns(),
        i.split());
  }

  /** Adds a product, element by element, to a gradient that is summed up over tokens. */
  void accumulate(View gradient, Operand left, Operand right, View over) {
    instructions.add(
        new StepInstruction(
            gradient.value(),
            StepFunction.MULTIPLY,
            Sum.ADDED,
            left,
            right,
            over.each(),
            over.rows(),
            over.columns(),
            0));
  }

  /** Names what comes out. What comes in may not come out as it is: a copy does. */
  public void output(String name, View view) {
    boolean made = values.get(view.value()).kind() == StepValue.Kind.MADE;
    outputs.put(name, made ? view.value() : multiply(view, constant(1)).value());
  }

  /** The same values and instructions, and no outputs. */
  StepWriter copy() {
    var copy = new StepWriter();
    copy.values.addAll(values);
    copy.instructions.addAll(instructions);
    copy.known.putAll(known);
    return copy;
  }

  /** The program, without what no output needs. */
  public StepProgram program() {
    Set<Integer> needed = new LinkedHashSet<>(outputs.values());
    List<StepInstruction> kept = new ArrayList<>();
    for (StepInstruction instruction : instructions.reversed()) {
      if (instruction.sum() == Sum.ADDED || needed.contains(instruction.result())) {
        kept.addFirst(instruction);
        needed.add(instruction.left().value());
        needed.add(instruction.right().value());
      }
    }
    return StepProgram.of(values, kept, outputs);
  }
}
