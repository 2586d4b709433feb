package dev.swax.runtime.kernel.step;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/** One part of a call: a block of heads along a group of sequences, and the memory for it. */
final class StepPart {
  private final StepSides sides = new StepSides();
  private float[] values = {};
  private float[] back = {};
  private float[] gradients = {};
  private float[] moved = {};
  private float[] borders = {};
  private float[] inside = {};
  private float[] partials = {};
  private float[] held = {};
  private int heldTokens;

  // Of the call that is computed.
  private int part;
  private int firstSequence;
  private int sequences;
  private int time;

  /** What parameters got of this part, of each sequence apart. */
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
        + partials.length
        + held.length;
  }

  /** Floats for a pass over so many tokens and back. */
  static long floats(StepPlan plan, int time) {
    long states = (long) StepPlan.segments(time) + StepPlan.segment(time) + 1;
    return plan.step.length()
        + plan.gradient.length()
        + plan.gradient.gradientLength()
        + plan.gradient.heldLength()
        + states * plan.stateLength
        + (long) time * plan.partialLength;
  }

  private static float[] atLeast(float[] array, int length) {
    return array.length < length ? new float[length] : array;
  }

  private void begin(StepPlan plan, RecurrenceCall call, int number) {
    int group = number / plan.blocks;
    part = number;
    firstSequence = group * plan.group;
    sequences = plan.sequences(call.batch(), group);
    time = call.time();
  }

  /** The row of a token of a sequence of the group. */
  private int row(int sequence, int t) {
    return (firstSequence + sequence) * time + t;
  }

  private int firstHead(StepPlan plan) {
    return part % plan.blocks * plan.block;
  }

  void forward(StepPlan plan, RecurrenceCall call, float[] shared, int number) {
    begin(plan, call, number);
    StepPlan.Places places = plan.ofStep;
    values = atLeast(values, plan.step.length());
    moved = atLeast(moved, plan.stateLength);
    readStates(plan, call.states(), values, places.states());
    Tensor y = call.results().getFirst();
    int length = plan.resultSlice.length();
    for (int t = 0; t < time; t++) {
      clearAtReset(plan, call, t, values, places.states());
      token(plan, plan.step, places, call, shared, t);
      for (int s = 0; s < sequences; s++) {
        plan.resultSlice.write(values, places.made()[0] + s * length, y, row(s, t), part);
      }
      move(plan, values, places.next(), places.states());
    }
    writeStates(plan, call.states(), values, places.states());
  }

  /** What a token makes of the states before it. */
  private void token(
      StepPlan plan,
      StepTape tape,
      StepPlan.Places places,
      RecurrenceCall call,
      float[] shared,
      int t) {
    readOperands(plan, places.operands(), call, values, t);
    tape.run(sequences, values, shared, gradients, sides, firstHead(plan));
  }

  /** Copies states within an array. */
  private void move(StepPlan plan, float[] array, int[] from, int[] to) {
    if (StepPlan.isApart(from, to)) {
      for (int i = 0; i < to.length; i++) {
        System.arraycopy(array, from[i], array, to[i], stateLength(plan, i));
      }
    } else {
      hold(plan, array, from, moved, 0);
      put(plan, moved, 0, array, to);
    }
  }

  /** Numbers of a state in all sequences of the part. */
  private int stateLength(StepPlan plan, int state) {
    return sequences * plan.stateSlices.get(state).length();
  }

  /** Copies states out, one after the other. */
  private void hold(StepPlan plan, float[] array, int[] from, float[] to, int place) {
    int at = place;
    for (int i = 0; i < from.length; i++) {
      int length = stateLength(plan, i);
      System.arraycopy(array, from[i], to, at, length);
      at += length;
    }
  }

  /** Copies them in. */
  private void put(StepPlan plan, float[] from, int place, float[] array, int[] to) {
    int at = place;
    for (int i = 0; i < to.length; i++) {
      int length = stateLength(plan, i);
      System.arraycopy(from, at, array, to[i], length);
      at += length;
    }
  }

  void gradient(
      StepPlan plan, RecurrenceGradientCall call, float[] shared, float[] sharedBack, int number) {
    RecurrenceCall forward = call.forward();
    begin(plan, forward, number);
    int segment = StepPlan.segment(time);
    int segments = StepPlan.segments(time);
    allocate(plan, segment, segments);
    Arrays.fill(gradients, 0);
    int[] states = plan.ofAdvance.states();
    readStates(plan, forward.states(), values, states);
    for (int s = 0; s < segments; s++) {
      hold(plan, values, states, borders, s * plan.stateLength);
      for (int t = s * segment; t < (s + 1) * segment && s < segments - 1; t++) {
        clearAtReset(plan, forward, t, values, states);
        advance(plan, forward, shared, t);
      }
    }
    readStates(plan, call.dStates(), back, plan.ofLater);
    for (int s = segments - 1; s >= 0; s--) {
      int begin = s * segment;
      int end = Math.min(time, begin + segment);
      put(plan, borders, s * plan.stateLength, values, states);
      for (int t = begin; t < end; t++) {
        clearAtReset(plan, forward, t, values, states);
        hold(plan, values, states, inside, (t - begin) * plan.stateLength);
        if (t < end - 1) {
          advance(plan, forward, shared, t);
        }
      }
      for (int t = end - 1; t >= begin; t--) {
        backward(plan, call, sharedBack, t, (t - begin) * plan.stateLength);
      }
    }
    addHeld(plan);
    writeStates(plan, call.dStates(), back, plan.ofLater);
  }

  private void allocate(StepPlan plan, int segment, int segments) {
    values = atLeast(values, plan.step.length());
    back = atLeast(back, plan.gradient.length());
    gradients = atLeast(gradients, plan.gradient.gradientLength());
    held = atLeast(held, plan.gradient.heldLength());
    moved = atLeast(moved, plan.stateLength);
    borders = atLeast(borders, segments * plan.stateLength);
    inside = atLeast(inside, segment * plan.stateLength);
    partials = atLeast(partials, time * plan.partialLength);
  }

  private void advance(StepPlan plan, RecurrenceCall call, float[] shared, int t) {
    token(plan, plan.advance, plan.ofAdvance, call, shared, t);
    move(plan, values, plan.ofAdvance.next(), plan.ofAdvance.states());
  }

  private void backward(
      StepPlan plan, RecurrenceGradientCall call, float[] shared, int t, int state) {
    StepPlan.Places places = plan.ofGradient;
    readOperands(plan, places.operands(), call.forward(), back, t);
    put(plan, inside, state, back, places.states());
    int length = plan.resultSlice.length();
    for (int s = 0; s < sequences; s++) {
      plan.resultSlice.read(call.dy(), row(s, t), part, back, plan.ofDy + s * length);
    }
    plan.gradient.run(sequences, back, shared, gradients, sides, firstHead(plan));
    plan.gradient.hold(back, held, heldTokens);
    heldTokens++;
    if (heldTokens == StepOuter.TOKENS) {
      addHeld(plan);
    }
    writeGradients(plan, call, t);
    move(plan, back, places.next(), plan.ofLater);
    clearAtReset(plan, call.forward(), t, back, plan.ofLater);
  }

  private void addHeld(StepPlan plan) {
    plan.gradient.addHeld(sequences, held, heldTokens, gradients);
    heldTokens = 0;
  }

  private void writeGradients(StepPlan plan, RecurrenceGradientCall call, int t) {
    int sum = t * plan.partialLength;
    for (int i = 0; i < plan.operands.size(); i++) {
      StepSlice slice = plan.operandSlices.get(i);
      int place = plan.ofGradient.made()[i];
      if (plan.partial[i]) {
        System.arraycopy(back, place, partials, sum, slice.length());
        sum += slice.length();
      } else {
        Tensor to = call.gradients().get(i);
        for (int s = 0; s < sequences; s++) {
          slice.write(back, place + s * slice.length(), to, row(s, t), part);
        }
      }
    }
  }

  private void clearAtReset(
      StepPlan plan, RecurrenceCall call, int t, float[] array, int[] states) {
    boolean[] resets = call.resets();
    for (int s = 0; resets != null && s < sequences; s++) {
      if (resets[row(s, t)]) {
        clear(plan, array, states, s, s + 1);
      }
    }
  }

  /** Clears the states of some sequences of the group. */
  private static void clear(StepPlan plan, float[] array, int[] states, int first, int end) {
    for (int i = 0; i < states.length; i++) {
      int length = plan.stateSlices.get(i).length();
      Arrays.fill(array, states[i] + first * length, states[i] + end * length, 0);
    }
  }

  private void readOperands(StepPlan plan, int[] places, RecurrenceCall call, float[] to, int t) {
    for (int i = 0; i < places.length; i++) {
      StepSlice slice = plan.operandSlices.get(i);
      for (int s = 0; s < sequences; s++) {
        slice.read(call.operands().get(i), row(s, t), part, to, places[i] + s * slice.length());
      }
    }
  }

  /** The states of a part, zeros where none are given. */
  private void readStates(StepPlan plan, List<Tensor> states, float[] to, int[] places) {
    if (states.isEmpty()) {
      clear(plan, to, places, 0, sequences);
    }
    for (int i = 0; i < states.size(); i++) {
      StepSlice slice = plan.stateSlices.get(i);
      for (int s = 0; s < sequences; s++) {
        slice.read(states.get(i), firstSequence + s, part, to, places[i] + s * slice.length());
      }
    }
  }

  private void writeStates(StepPlan plan, List<Tensor> states, float[] from, int[] places) {
    for (int i = 0; i < states.size(); i++) {
      StepSlice slice = plan.stateSlices.get(i);
      for (int s = 0; s < sequences; s++) {
        slice.write(from, places[i] + s * slice.length(), states.get(i), firstSequence + s, part);
      }
    }
  }
}
