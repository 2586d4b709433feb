package dev.swax.runtime.kernel.step;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/** One part of a call: a block of heads along one sequence, and the memory for it. */
final class StepPart {
  private final StepSides sides = new StepSides();
  private float[] values = {};
  private float[] back = {};
  private float[] gradients = {};
  private float[] carried = {};
  private float[] later = {};
  private float[] borders = {};
  private float[] inside = {};

  /** What parameters got of this part. */
  float[] gradients() {
    return gradients;
  }

  long floats() {
    return (long) values.length
        + back.length
        + gradients.length
        + carried.length
        + later.length
        + borders.length
        + inside.length;
  }

  /** Floats for a pass over so many tokens and back. */
  static long floats(StepPlan plan, int time) {
    long held = (long) StepPlan.segments(time) + StepPlan.segment(time) + 2;
    return plan.step.length()
        + plan.gradient.length()
        + plan.gradient.gradientLength()
        + held * plan.stateLength;
  }

  private static float[] atLeast(float[] array, int length) {
    return array.length < length ? new float[length] : array;
  }

  void forward(StepPlan plan, RecurrenceCall call, float[] shared, int part) {
    values = atLeast(values, plan.step.length());
    carried = atLeast(carried, plan.stateLength);
    int sequence = part / plan.blocks;
    readStates(plan, call.states(), carried, sequence, part);
    for (int t = 0; t < call.time(); t++) {
      int row = sequence * call.time() + t;
      token(plan, plan.step, call, shared, row, part);
      writeRow(plan, call.results().getFirst(), row, part);
    }
    writeStates(plan, call.states(), carried, sequence, part);
  }

  /** A token from the carried states to the next ones. */
  private void token(
      StepPlan plan, StepTape tape, RecurrenceCall call, float[] shared, int row, int part) {
    clearAtReset(plan, call, row, carried);
    readOperands(plan, tape, call, values, row, part);
    putStates(plan, tape, carried, 0, values);
    tape.run(values, shared, gradients, sides, part % plan.blocks * plan.block);
    int at = 0;
    for (int i = 0; i < plan.stateSizes.length; i++) {
      System.arraycopy(
          values, tape.output(plan.nextStates.get(i)), carried, at, plan.stateSizes[i]);
      at += plan.stateSizes[i];
    }
  }

  void gradient(
      StepPlan plan, RecurrenceGradientCall call, float[] shared, float[] sharedBack, int part) {
    RecurrenceCall forward = call.forward();
    int time = forward.time();
    int segment = StepPlan.segment(time);
    int segments = StepPlan.segments(time);
    values = atLeast(values, plan.step.length());
    back = atLeast(back, plan.gradient.length());
    gradients = atLeast(gradients, plan.gradient.gradientLength());
    carried = atLeast(carried, plan.stateLength);
    later = atLeast(later, plan.stateLength);
    borders = atLeast(borders, segments * plan.stateLength);
    inside = atLeast(inside, segment * plan.stateLength);
    Arrays.fill(gradients, 0);
    int sequence = part / plan.blocks;
    int first = sequence * time;
    readStates(plan, forward.states(), carried, sequence, part);
    for (int s = 0; s < segments; s++) {
      System.arraycopy(carried, 0, borders, s * plan.stateLength, plan.stateLength);
      for (int t = s * segment; t < (s + 1) * segment && s < segments - 1; t++) {
        token(plan, plan.advance, forward, shared, first + t, part);
      }
    }
    readStates(plan, call.dStates(), later, sequence, part);
    for (int s = segments - 1; s >= 0; s--) {
      int begin = s * segment;
      int end = Math.min(time, begin + segment);
      System.arraycopy(borders, s * plan.stateLength, carried, 0, plan.stateLength);
      for (int t = begin; t < end; t++) {
        clearAtReset(plan, forward, first + t, carried);
        System.arraycopy(carried, 0, inside, (t - begin) * plan.stateLength, plan.stateLength);
        if (t < end - 1) {
          token(plan, plan.advance, forward, shared, first + t, part);
        }
      }
      for (int t = end - 1; t >= begin; t--) {
        backward(plan, call, sharedBack, first + t, (t - begin) * plan.stateLength, part);
      }
    }
    writeStates(plan, call.dStates(), later, sequence, part);
  }

  private void backward(
      StepPlan plan, RecurrenceGradientCall call, float[] shared, int row, int state, int part) {
    StepTape tape = plan.gradient;
    readOperands(plan, tape, call.forward(), back, row, part);
    putStates(plan, tape, inside, state, back);
    int size = plan.resultSize;
    read(call.dy(), at(plan, row, size, plan.resultColumns, part), back, tape.place("d:y"), size);
    int at = 0;
    for (int i = 0; i < plan.stateSizes.length; i++) {
      System.arraycopy(later, at, back, tape.place(plan.dNextStates.get(i)), plan.stateSizes[i]);
      at += plan.stateSizes[i];
    }
    tape.run(back, shared, gradients, sides, part % plan.blocks * plan.block);
    for (int i = 0; i < plan.operandSizes.length; i++) {
      int length = plan.operandSizes[i];
      write(
          back,
          tape.output(plan.dOperands.get(i)),
          call.gradients().get(i),
          at(plan, row, length, plan.operandColumns[i], part),
          length);
    }
    at = 0;
    for (int i = 0; i < plan.stateSizes.length; i++) {
      System.arraycopy(back, tape.output(plan.dStates.get(i)), later, at, plan.stateSizes[i]);
      at += plan.stateSizes[i];
    }
    clearAtReset(plan, call.forward(), row, later);
  }

  private static void clearAtReset(StepPlan plan, RecurrenceCall call, int row, float[] states) {
    boolean[] resets = call.resets();
    if (resets != null && resets[row]) {
      Arrays.fill(states, 0, plan.stateLength, 0);
    }
  }

  private static void readOperands(
      StepPlan plan, StepTape tape, RecurrenceCall call, float[] to, int row, int part) {
    for (int i = 0; i < plan.operandSizes.length; i++) {
      String name = plan.operands.get(i);
      int size = plan.operandSizes[i];
      long from = at(plan, row, size, plan.operandColumns[i], part);
      read(call.operands().get(i), from, to, tape.place(name), size);
    }
  }

  private static void putStates(
      StepPlan plan, StepTape tape, float[] states, int from, float[] to) {
    int at = from;
    for (int i = 0; i < plan.stateSizes.length; i++) {
      System.arraycopy(states, at, to, tape.place(plan.states.get(i)), plan.stateSizes[i]);
      at += plan.stateSizes[i];
    }
  }

  private void writeRow(StepPlan plan, Tensor result, int row, int part) {
    int size = plan.resultSize;
    long to = at(plan, row, size, plan.resultColumns, part);
    write(values, plan.step.output(StepShape.RESULT), result, to, size);
  }

  private static long at(StepPlan plan, int row, int size, int columns, int part) {
    return (long) row * columns + plan.column(size, columns, part);
  }

  /** The states of a part, zeros where none are given. */
  private static void readStates(
      StepPlan plan, List<Tensor> states, float[] to, int sequence, int part) {
    if (states.isEmpty()) {
      Arrays.fill(to, 0, plan.stateLength, 0);
      return;
    }
    int at = 0;
    for (int i = 0; i < plan.stateSizes.length; i++) {
      int size = plan.stateSizes[i];
      read(states.get(i), at(plan, sequence, size, size * plan.blocks, part), to, at, size);
      at += size;
    }
  }

  private static void writeStates(
      StepPlan plan, List<Tensor> states, float[] from, int sequence, int part) {
    int at = 0;
    for (int i = 0; i < states.size(); i++) {
      int size = plan.stateSizes[i];
      write(from, at, states.get(i), at(plan, sequence, size, size * plan.blocks, part), size);
      at += size;
    }
  }

  static void read(Tensor from, long at, float[] to, int place, int length) {
    MemorySegment.copy(from.segment(), ValueLayout.JAVA_FLOAT, at * Float.BYTES, to, place, length);
  }

  private static void write(float[] from, int place, Tensor to, long at, int length) {
    MemorySegment.copy(from, place, to.segment(), ValueLayout.JAVA_FLOAT, at * Float.BYTES, length);
  }
}
