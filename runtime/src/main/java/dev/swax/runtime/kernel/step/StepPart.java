package dev.swax.runtime.kernel.step;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** One part of a call: a block of heads along one sequence, and the memory for it. */
final class StepPart {
  private final StepSides sides = new StepSides();
  private float[] values = {};
  private float[] back = {};
  private float[] gradients = {};
  private float[] moved = {};
  private float[] borders = {};
  private float[] inside = {};
  private float[] partials = {};

  /** What parameters got of this part. */
  float[] gradients() {
    return gradients;
  }

  /** A partial sum of gradients of operands, {@link StepPlan#partialLength} numbers a token. */
  float[] partials() {
    return partials;
  }

  long floats() {
    return (long) values.length
        + back.length
        + gradients.length
        + moved.length
        + borders.length
        + inside.length
        + partials.length;
  }

  /** Floats for a pass over so many tokens and back. */
  static long floats(StepPlan plan, int time) {
    long held = (long) StepPlan.segments(time) + StepPlan.segment(time) + 1;
    return plan.step.length()
        + plan.gradient.length()
        + plan.gradient.gradientLength()
        + held * plan.stateLength
        + (long) time * plan.partialLength;
  }

  private static float[] atLeast(float[] array, int length) {
    return array.length < length ? new float[length] : array;
  }

  void forward(StepPlan plan, RecurrenceCall call, float[] shared, int part) {
    StepPlan.Places places = plan.ofStep;
    values = atLeast(values, plan.step.length());
    moved = atLeast(moved, plan.stateLength);
    int sequence = part / plan.blocks;
    readStates(plan, call.states(), values, places.states(), sequence, part);
    for (int t = 0; t < call.time(); t++) {
      int row = sequence * call.time() + t;
      clearAtReset(plan, call, row, values, places.states());
      token(plan, plan.step, places, call, shared, row, part);
      Tensor y = call.results().getFirst();
      plan.resultSlice.write(values, places.made()[0], y, row, part);
      move(plan, values, places.next(), places.states());
    }
    writeStates(plan, call.states(), values, places.states(), sequence, part);
  }

  /** What a token makes of the states before it. */
  private void token(
      StepPlan plan,
      StepTape tape,
      StepPlan.Places places,
      RecurrenceCall call,
      float[] shared,
      int row,
      int part) {
    readOperands(plan, places.operands(), call, values, row, part);
    tape.run(values, shared, gradients, sides, part % plan.blocks * plan.block);
  }

  /** Copies states within an array. */
  private void move(StepPlan plan, float[] array, int[] from, int[] to) {
    if (StepPlan.isApart(from, to)) {
      for (int i = 0; i < to.length; i++) {
        System.arraycopy(array, from[i], array, to[i], plan.stateSlices.get(i).length());
      }
    } else {
      hold(plan, array, from, moved, 0);
      put(plan, moved, 0, array, to);
    }
  }

  /** Copies states out, one after the other. */
  private static void hold(StepPlan plan, float[] array, int[] from, float[] to, int place) {
    int at = place;
    for (int i = 0; i < from.length; i++) {
      int length = plan.stateSlices.get(i).length();
      System.arraycopy(array, from[i], to, at, length);
      at += length;
    }
  }

  /** Copies them in. */
  private static void put(StepPlan plan, float[] from, int place, float[] array, int[] to) {
    int at = place;
    for (int i = 0; i < to.length; i++) {
      int length = plan.stateSlices.get(i).length();
      System.arraycopy(from, at, array, to[i], length);
      at += length;
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
    moved = atLeast(moved, plan.stateLength);
    borders = atLeast(borders, segments * plan.stateLength);
    inside = atLeast(inside, segment * plan.stateLength);
    partials = atLeast(partials, time * plan.partialLength);
    Arrays.fill(gradients, 0);
    int sequence = part / plan.blocks;
    int first = sequence * time;
    int[] states = plan.ofAdvance.states();
    readStates(plan, forward.states(), values, states, sequence, part);
    for (int s = 0; s < segments; s++) {
      hold(plan, values, states, borders, s * plan.stateLength);
      for (int t = s * segment; t < (s + 1) * segment && s < segments - 1; t++) {
        clearAtReset(plan, forward, first + t, values, states);
        advance(plan, forward, shared, first + t, part);
      }
    }
    readStates(plan, call.dStates(), back, plan.ofLater, sequence, part);
    for (int s = segments - 1; s >= 0; s--) {
      int begin = s * segment;
      int end = Math.min(time, begin + segment);
      put(plan, borders, s * plan.stateLength, values, states);
      for (int t = begin; t < end; t++) {
        clearAtReset(plan, forward, first + t, values, states);
        hold(plan, values, states, inside, (t - begin) * plan.stateLength);
        if (t < end - 1) {
          advance(plan, forward, shared, first + t, part);
        }
      }
      for (int t = end - 1; t >= begin; t--) {
        backward(plan, call, sharedBack, first + t, (t - begin) * plan.stateLength, part);
      }
    }
    writeStates(plan, call.dStates(), back, plan.ofLater, sequence, part);
  }

  private void advance(StepPlan plan, RecurrenceCall call, float[] shared, int row, int part) {
    token(plan, plan.advance, plan.ofAdvance, call, shared, row, part);
    move(plan, values, plan.ofAdvance.next(), plan.ofAdvance.states());
  }

  private void backward(
      StepPlan plan, RecurrenceGradientCall call, float[] shared, int row, int state, int part) {
    StepPlan.Places places = plan.ofGradient;
    readOperands(plan, places.operands(), call.forward(), back, row, part);
    put(plan, inside, state, back, places.states());
    plan.resultSlice.read(call.dy(), row, part, back, plan.ofDy);
    plan.gradient.run(back, shared, gradients, sides, part % plan.blocks * plan.block);
    writeGradients(plan, call, row, part);
    move(plan, back, places.next(), plan.ofLater);
    clearAtReset(plan, call.forward(), row, back, plan.ofLater);
  }

  private void writeGradients(StepPlan plan, RecurrenceGradientCall call, int row, int part) {
    int sum = row % call.forward().time() * plan.partialLength;
    for (int i = 0; i < plan.operands.size(); i++) {
      StepSlice slice = plan.operandSlices.get(i);
      int place = plan.ofGradient.made()[i];
      if (plan.partial[i]) {
        System.arraycopy(back, place, partials, sum, slice.length());
        sum += slice.length();
      } else {
        slice.write(back, place, call.gradients().get(i), row, part);
      }
    }
  }

  private static void clearAtReset(
      StepPlan plan, RecurrenceCall call, int row, float[] array, int[] states) {
    boolean[] resets = call.resets();
    if (resets != null && resets[row]) {
      clear(plan, array, states);
    }
  }

  private static void clear(StepPlan plan, float[] array, int[] states) {
    for (int i = 0; i < states.length; i++) {
      Arrays.fill(array, states[i], states[i] + plan.stateSlices.get(i).length(), 0);
    }
  }

  private static void readOperands(
      StepPlan plan, int[] places, RecurrenceCall call, float[] to, int row, int part) {
    for (int i = 0; i < places.length; i++) {
      plan.operandSlices.get(i).read(call.operands().get(i), row, part, to, places[i]);
    }
  }

  /** The states of a part, zeros where none are given. */
  private static void readStates(
      StepPlan plan, List<Tensor> states, float[] to, int[] places, int sequence, int part) {
    if (states.isEmpty()) {
      clear(plan, to, places);
    }
    for (int i = 0; i < states.size(); i++) {
      plan.stateSlices.get(i).read(states.get(i), sequence, part, to, places[i]);
    }
  }

  private static void writeStates(
      StepPlan plan, List<Tensor> states, float[] from, int[] places, int sequence, int part) {
    for (int i = 0; i < states.size(); i++) {
      plan.stateSlices.get(i).write(from, places[i], states.get(i), sequence, part);
    }
  }
}
