package dev.swax.runtime.kernel.step;

import dev.swax.runtime.kernel.step.StepInstruction.Operand;
import dev.swax.runtime.kernel.step.StepInstruction.Reach;
import dev.swax.runtime.kernel.step.StepInstruction.Sum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the values of a program of one head lie to columns by which it is to be divided: along them,
 * with a number or a row of numbers for each; across them, the same for all; or as a sum over them.
 */
final class StepDivision {
  /** Where a value lies. */
  private enum Lie {
    ALONG,
    ACROSS,
    /** A sum over columns, and what is linear in one. */
    SUMMED
  }

  private static final String GRADIENT = "d:";

  private final StepProgram program;
  private final Set<String> along;
  private final int columns;
  private final Lie[] lies;

  /**
   * @param along names of what comes from outside and lies along the columns, with what both
   *     programs of a step learn of each other; their states also in the next token
   */
  StepDivision(StepProgram program, Set<String> along, int columns) {
    this.program = program;
    this.along = along;
    this.columns = columns;
    lies = new Lie[program.values().size()];
    Arrays.fill(lies, Lie.ACROSS);
  }

  /** Looks once more for what lies along the columns; whether there was something. */
  boolean spread() {
    boolean found = false;
    for (int i = 0; i < lies.length; i++) {
      StepValue value = program.values().get(i);
      if (value.kind() != StepValue.Kind.MADE && along.contains(plain(value.name()))) {
        found |= mark(i);
      }
    }
    for (StepInstruction instruction : program.instructions()) {
      if (isFlat(instruction)) {
        found |= spreadFlat(instruction);
      } else if (instruction.columns() == columns) {
        found |= spread(instruction, instruction.left()) | spread(instruction, instruction.right());
        if (instruction.sum() == Sum.NONE || instruction.sum() == Sum.ROWS) {
          found |= isAlong(instruction) && mark(instruction.result());
        }
      }
    }
    return found;
  }

  private static String plain(String name) {
    String bare = name.startsWith(GRADIENT) ? name.substring(GRADIENT.length()) : name;
    return bare.endsWith("'") ? bare.substring(0, bare.length() - 1) : bare;
  }

  private boolean spread(StepInstruction instruction, Operand side) {
    boolean full = side.reach() == Reach.FULL && isAlong(instruction);
    return (full || side.reach() == Reach.COLUMN) && mark(side.value());
  }

  /** Element by element, whatever table the elements are said to be. */
  private static boolean isFlat(StepInstruction i) {
    return (i.sum() == Sum.NONE || i.sum() == Sum.ADDED) && isFlat(i.left()) && isFlat(i.right());
  }

  private static boolean isFlat(Operand side) {
    return side.reach() == Reach.FULL || side.reach() == Reach.ONE;
  }

  private boolean spreadFlat(StepInstruction instruction) {
    boolean any = lies[instruction.result()] == Lie.ALONG || isAlong(instruction);
    boolean found = any && mark(instruction.result());
    for (Operand side : List.of(instruction.left(), instruction.right())) {
      found |= any && side.reach() == Reach.FULL && mark(side.value());
    }
    return found;
  }

  private boolean isAlong(StepInstruction instruction) {
    return lies[instruction.left().value()] == Lie.ALONG
        || lies[instruction.right().value()] == Lie.ALONG;
  }

  private boolean mark(int value) {
    if (lies[value] == Lie.ALONG) {
      return false;
    }
    lies[value] = Lie.ALONG;
    StepValue of = program.values().get(value);
    if (of.kind() != StepValue.Kind.MADE) {
      along.add(plain(of.name()));
    }
    return true;
  }

  /**
   * Whether no column reads another one. What comes out lies along the columns; a gradient of what
   * lies across them is a sum.
   */
  boolean isPossible() {
    for (StepInstruction instruction : program.instructions()) {
      if (instruction.split() != 0 || !settle(instruction)) {
        return false;
      }
    }
    return program.outputs().entrySet().stream().allMatch(this::isExpected);
  }

  private boolean isExpected(Map.Entry<String, Integer> output) {
    boolean isSum = output.getKey().startsWith(GRADIENT) && !along.contains(plain(output.getKey()));
    return lies[output.getValue()] == (isSum ? Lie.SUMMED : Lie.ALONG);
  }

  /** Says how a result lies; false if the instruction cannot be divided. */
  private boolean settle(StepInstruction i) {
    Lie left = lies[i.left().value()];
    Lie right = lies[i.right().value()];
    if (isAlong(i)) {
      return left != Lie.SUMMED && right != Lie.SUMMED && settleAlong(i);
    }
    if (left != Lie.SUMMED && right != Lie.SUMMED) {
      return i.sum() != Sum.ADDED && lies[i.result()] == Lie.ACROSS;
    }
    lies[i.result()] = Lie.SUMMED;
    return isLinear(i.function(), left == right);
  }

  private static boolean isLinear(StepFunction function, boolean bothSums) {
    return switch (function) {
      case NEGATE -> true;
      case ADD, SUBTRACT -> bothSums;
      case MULTIPLY -> !bothSums;
      default -> false;
    };
  }

  private boolean settleAlong(StepInstruction i) {
    boolean flat = isFlat(i);
    if (!fits(i.left(), flat, i.columns()) || !fits(i.right(), flat, i.columns())) {
      return false;
    }
    if (i.sum() == Sum.COLUMNS || i.sum() == Sum.ALL) {
      lies[i.result()] = Lie.SUMMED;
    }
    return lies[i.result()] != Lie.ACROSS;
  }

  private boolean fits(Operand side, boolean flat, int width) {
    boolean isAlong = lies[side.value()] == Lie.ALONG;
    return switch (side.reach()) {
      case FULL -> isAlong && (flat || width == columns);
      case COLUMN -> isAlong && width == columns;
      case ROW, ONE -> !isAlong && (flat || width == columns);
    };
  }

  /** Rows of what lies along the columns, at the most. */
  int rows() {
    int rows = 1;
    for (int i = 0; i < lies.length; i++) {
      if (lies[i] == Lie.ALONG) {
        rows = Math.max(rows, program.values().get(i).size() / columns);
      }
    }
    return rows;
  }

  /** The program of as many heads, each with its part of the columns. */
  StepProgram divided(int pieces) {
    var divided = new ArrayList<StepValue>();
    for (int i = 0; i < lies.length; i++) {
      divided.add(divided(program.values().get(i), lies[i], pieces));
    }
    List<StepInstruction> instructions =
        program.instructions().stream().map(i -> divided(i, pieces)).toList();
    return StepProgram.of(divided, instructions, new LinkedHashMap<>(program.outputs()));
  }

  private static StepValue divided(StepValue of, Lie lie, int pieces) {
    int size = lie == Lie.ALONG ? of.size() / pieces : of.size();
    boolean sum = lie == Lie.SUMMED && of.kind() == StepValue.Kind.MADE;
    boolean each = lie == Lie.ALONG || sum;
    return new StepValue(of.kind(), of.name(), each, size, of.columns(), of.constants());
  }

  private StepInstruction divided(StepInstruction i, int pieces) {
    boolean along = isAlong(i);
    int width = columns / pieces;
    boolean each = along || lies[i.result()] == Lie.SUMMED;
    int rows = along && isFlat(i) ? i.rows() * i.columns() / columns : i.rows();
    return new StepInstruction(
        i.result(),
        i.function(),
        i.sum(),
        i.left(),
        i.right(),
        each,
        rows,
        along ? width : i.columns(),
        i.split());
  }
}
