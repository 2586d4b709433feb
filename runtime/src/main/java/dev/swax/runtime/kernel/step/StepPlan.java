package dev.swax.runtime.kernel.step;

import java.util.ArrayList;
import java.util.List;

/**
 * A step laid out for vectors: its tapes, and how many heads a part computes. Heads that read each
 * other are one part; else a part has about as many as make whole vectors of work.
 */
final class StepPlan {
  private static final int COLUMNS = 256;

  final StepShape shape;
  final List<String> operands;
  final List<String> parameters;
  final List<String> states;
  final List<String> nextStates;

  /** The names of gradients: of operands, of the states before a token and after it. */
  final List<String> dOperands;

  final List<String> dStates;
  final List<String> dNextStates;

  /** Heads of a part. */
  final int block;

  /** Parts of a sequence. */
  final int blocks;

  /** Output and next states. */
  final StepTape step;

  /** Next states only. */
  final StepTape advance;

  final StepTape gradient;

  /** Floats of the states of a part. */
  final int stateLength;

  /** Numbers of an operand, a parameter or a state in one head; of all where it is not per head. */
  final int[] operandSizes;

  final int[] parameterSizes;
  final int[] stateSizes;
  final int[] operandColumns;
  final int resultSize;
  final int resultColumns;

  StepPlan(StepShape shape) {
    this.shape = shape;
    StepProgram program = shape.step();
    parameters = shape.parameters();
    operands = program.names(StepValue.Kind.OPERAND);
    states = shape.states();
    boolean apart = program.headsApart() && shape.gradient().headsApart();
    block = apart ? block(shape.heads(), widest(program)) : shape.heads();
    blocks = shape.heads() / block;
    nextStates = states.stream().map(name -> name + "'").toList();
    dOperands = gradients(operands);
    dStates = gradients(states);
    dNextStates = gradients(nextStates);
    var all = new ArrayList<>(nextStates);
    all.add(StepShape.RESULT);
    step = new StepTape(program, all, shape.heads(), block);
    advance = new StepTape(program, nextStates, shape.heads(), block);
    List<String> gradients = List.copyOf(shape.gradient().outputs().sequencedKeySet());
    gradient = new StepTape(shape.gradient(), gradients, shape.heads(), block);
    operandSizes = sizes(operands);
    parameterSizes = sizes(parameters);
    stateSizes = sizes(states);
    operandColumns = operands.stream().mapToInt(shape::columns).toArray();
    resultSize = program.output(StepShape.RESULT).length(block);
    resultColumns = shape.columns(StepShape.RESULT);
    int sum = 0;
    for (int size : stateSizes) {
      sum += size;
    }
    stateLength = sum;
  }

  private static List<String> gradients(List<String> names) {
    return names.stream().map(name -> "d:" + name).toList();
  }

  /** Numbers that a part has. */
  private int[] sizes(List<String> names) {
    return names.stream().mapToInt(name -> shape.step().value(name).length(block)).toArray();
  }

  private static int widest(StepProgram program) {
    return program.values().stream().mapToInt(StepValue::size).max().orElse(1);
  }

  private static int block(int heads, int widest) {
    for (int block = 1; block < heads; block++) {
      if (heads % block == 0 && (long) block * widest >= COLUMNS) {
        return block;
      }
    }
    return heads;
  }

  /** Tokens of a segment: about the square root of the length. */
  static int segment(int time) {
    return Math.max(1, (int) Math.ceil(Math.sqrt(time)));
  }

  static int segments(int time) {
    return (time + segment(time) - 1) / segment(time);
  }

  /** Where the first of its numbers lies in a row of all heads. */
  long column(int size, int columns, int part) {
    return size == columns ? 0 : (long) part % blocks * size;
  }
}
