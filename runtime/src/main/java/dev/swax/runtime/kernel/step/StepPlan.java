package dev.swax.runtime.kernel.step;

import dev.swax.runtime.kernel.step.StepInstruction.Operand;
import dev.swax.runtime.kernel.step.StepInstruction.Reach;
import dev.swax.runtime.kernel.step.StepInstruction.Sum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A step laid out for vectors: its tapes, and what a part computes. Heads that read each other are
 * one part; else a part has as many as make a loop worth its start, or fewer where a call has few
 * sequences. Where weights are read token by token, a part has several sequences, which read them
 * together. No number depends on it. One head is divided by its columns where these can be.
 */
final class StepPlan {
  /** Numbers that make a loop worth its start. */
  private static final int COLUMNS = 256;

  /** Parts that a call should have at least, for as many threads. */
  private static final int PARTS = 8;

  final StepShape shape;
  final List<String> operands;
  final List<String> parameters;
  final List<String> states;

  /** Most sequences of a part, where they read weights. */
  private static final int GROUP = 4;

  /** Most sequences of a part. */
  private final int most;

  /** Groups of sequences of a call, or enough of them. */
  private final int groups;

  /** Sequences of a part. */
  final int group;

  /** Heads of a part. */
  final int block;

  /** Parts of a group of sequences. */
  final int blocks;

  /** Output and next states. */
  final StepTape step;

  /** Next states only. */
  final StepTape advance;

  final StepTape gradient;

  /** Where operands, states, and what is made of them lie in the values of a tape. */
  final Places ofStep;

  final Places ofAdvance;
  final Places ofGradient;

  /** Of what a gradient reads: of the next states, and of the result. */
  final int[] ofLater;

  final int ofDy;

  /** Floats of the states of a part, of all its sequences. */
  final int stateLength;

  /** What a part has of an operand of a token, a parameter, a state, for one sequence. */
  final List<StepSlice> operandSlices;

  final List<StepSlice> parameterSlices;
  final List<StepSlice> stateSlices;
  final StepSlice resultSlice;

  /** Operands of whose gradient a part has a partial sum, and numbers of all these a token. */
  final boolean[] partial;

  final int partialLength;

  /**
   * Where the values of a tape lie that come from outside or leave it, in the order of their names.
   *
   * @param next the next states; in a gradient those of the states before
   * @param made the result; in a gradient those of the operands
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Places(int[] operands, int[] states, int[] next, int[] made) {}

  StepPlan(StepShape shape, int batch) {
    this.shape = shape;
    Optional<StepColumns> columns = StepColumns.of(shape);
    most = columns.isEmpty() && readsWeights(shape) ? GROUP : 1;
    group = group(batch);
    groups = groups(batch, group);
    StepProgram program = columns.map(StepColumns::step).orElse(shape.step());
    StepProgram back = columns.map(StepColumns::gradient).orElse(shape.gradient());
    int heads = columns.map(StepColumns::pieces).orElse(shape.heads());
    parameters = shape.parameters();
    operands = program.names(StepValue.Kind.OPERAND);
    states = shape.states();
    block = columns.isPresent() ? 1 : block(shape, groups);
    blocks = heads / block;
    List<String> nextStates = states.stream().map(name -> name + "'").toList();
    List<String> dOperands = gradients(operands);
    List<String> dStates = gradients(states);
    List<String> dNextStates = gradients(nextStates);
    var all = new ArrayList<>(nextStates);
    all.add(StepShape.RESULT);
    step = new StepTape(program, all, heads, block, group);
    advance = new StepTape(program, nextStates, heads, block, group);
    List<String> gradients = List.copyOf(back.outputs().sequencedKeySet());
    gradient = new StepTape(back, gradients, heads, block, group);
    ofStep = places(step, nextStates, List.of(StepShape.RESULT));
    ofAdvance = places(advance, nextStates, List.of());
    ofGradient = places(gradient, dStates, dOperands);
    ofLater = gradient.places(dNextStates);
    ofDy = gradient.places(List.of("d:" + StepShape.RESULT))[0];
    operandSlices = slices(operands, columns);
    parameterSlices = slices(parameters, columns);
    stateSlices = slices(states, columns);
    resultSlice = slice(StepShape.RESULT, shape.step().output(StepShape.RESULT), columns);
    stateLength = group * stateSlices.stream().mapToInt(StepSlice::length).sum();
    partial = new boolean[operands.size()];
    int sums = 0;
    for (int i = 0; i < partial.length; i++) {
      String name = operands.get(i);
      partial[i] = columns.isPresent() && !columns.orElseThrow().along().contains(name);
      sums += partial[i] ? operandSlices.get(i).length() : 0;
    }
    partialLength = sums;
  }

  private Places places(StepTape tape, List<String> next, List<String> made) {
    return new Places(
        tape.places(operands), tape.places(states), tape.outputs(next), tape.outputs(made));
  }

  private static List<String> gradients(List<String> names) {
    return names.stream().map(name -> "d:" + name).toList();
  }

  private List<StepSlice> slices(List<String> names, Optional<StepColumns> columns) {
    return names.stream().map(name -> slice(name, shape.step().value(name), columns)).toList();
  }

  private StepSlice slice(String name, StepValue value, Optional<StepColumns> columns) {
    int all = value.length(shape.heads());
    if (columns.isEmpty()) {
      return new StepSlice(1, value.length(block), all, blocks);
    }
    int wide = columns.orElseThrow().columns();
    return columns.orElseThrow().along().contains(name)
        ? new StepSlice(all / wide, wide / blocks, all, blocks)
        : new StepSlice(1, all, all, blocks);
  }

  /** Whether it is the plan of a call. */
  boolean isFor(StepShape other, int batch) {
    return shape.equals(other) && group == group(batch) && groups == groups(batch, group);
  }

  /** Groups of a call. */
  int count(int batch) {
    return (batch + group - 1) / group;
  }

  /** Sequences of a group of a call: the last one may have fewer. */
  int sequences(int batch, int number) {
    return Math.min(group, batch - number * group);
  }

  private static int groups(int batch, int group) {
    return Math.min((batch + group - 1) / group, PARTS);
  }

  /** As many sequences as leave enough parts. */
  private int group(int batch) {
    int apart = isApart(shape) ? shape.heads() : 1;
    int group = most;
    while (group > 1 && groups(batch, group) * apart < PARTS) {
      group--;
    }
    return group;
  }

  private static boolean isApart(StepShape shape) {
    return shape.step().headsApart() && shape.gradient().headsApart();
  }

  /** Whether a token reads a table of parameters with a vector of its own. */
  private static boolean readsWeights(StepShape shape) {
    StepProgram step = shape.step();
    return step.instructions().stream()
        .filter(i -> i.sum() == Sum.ROWS)
        .anyMatch(i -> isRead(step, i.left(), i.right()) || isRead(step, i.right(), i.left()));
  }

  private static boolean isRead(StepProgram step, Operand table, Operand vector) {
    return vector.reach() == Reach.ROW
        && table.reach() == Reach.FULL
        && step.values().get(table.value()).kind() == StepValue.Kind.PARAMETER;
  }

  private static int block(StepShape shape, int sequences) {
    boolean apart = isApart(shape);
    int heads = shape.heads();
    int block = heads;
    for (int smaller = heads - 1; apart && smaller > 0; smaller--) {
      boolean few = sequences * (heads / block) < PARTS;
      if (heads % smaller == 0 && (few || (long) smaller * widest(shape.step()) >= COLUMNS)) {
        block = smaller;
      }
    }
    return block;
  }

  /** Numbers of the largest value that is made for each token. */
  private static int widest(StepProgram program) {
    return program.values(StepValue.Kind.MADE).stream().mapToInt(StepValue::size).max().orElse(1);
  }

  /** Whether none of the places is among the others. */
  static boolean isApart(int[] places, int[] others) {
    for (int place : places) {
      for (int other : others) {
        if (place == other) {
          return false;
        }
      }
    }
    return true;
  }

  /** Tokens of a segment: about the square root of the length. */
  static int segment(int time) {
    return Math.max(1, (int) Math.ceil(Math.sqrt(time)));
  }

  static int segments(int time) {
    return (time + segment(time) - 1) / segment(time);
  }
}
