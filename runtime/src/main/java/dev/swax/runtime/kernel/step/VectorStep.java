package dev.swax.runtime.kernel.step;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A step of any form along sequences, token by token, in vectors; a part is a block of heads of one
 * sequence, or of a few that read weights together. Same meaning as {@link ScalarStep}, in fp32.
 *
 * <p>The gradient holds the states at the borders of segments of about the square root of the
 * length. It takes the segments from the last to the first, walks each again and holds the states
 * inside of it, then goes back token by token. What parameters get is summed up for each sequence
 * of a part, then over the sequences in their order.
 */
final class VectorStep implements RecurrenceKernel {
  private final Team team;
  private final Task forward = this::forward;
  private final Task backward = this::backward;
  private final Task adding = this::addPartials;
  private final List<StepPlan> plans = new ArrayList<>();
  private final List<StepPart> parts = new ArrayList<>();
  private final StepSides sides = new StepSides();
  private float[] shared = {};
  private float[] sharedOfGradient = {};
  private @Nullable StepPlan plan;
  private @Nullable RecurrenceCall call;
  private @Nullable RecurrenceGradientCall gradientCall;

  VectorStep(Team team) {
    this.team = team;
  }

  @Override
  public void forward(RecurrenceCall next) {
    StepPlan found = bind(next);
    int count = found.count(next.batch()) * found.blocks;
    requireParts(count);
    team.run(forward, count);
    call = null;
  }

  @Override
  public void byToken(RecurrenceCall next) {
    forward(next);
  }

  @Override
  public void gradient(RecurrenceGradientCall next) {
    RecurrenceCall read = next.forward();
    StepPlan found = bind(read);
    gradientCall = next;
    sharedOfGradient = fill(found.gradient, sharedOfGradient, read, found);
    int count = found.count(read.batch()) * found.blocks;
    requireParts(count);
    team.run(backward, count);
    if (found.partialLength > 0) {
      team.run(adding, read.batch());
    }
    for (int i = 0; i < found.parameters.size(); i++) {
      addParameter(found, i, next.gradient(found.parameters.get(i)), read.batch());
    }
    call = null;
    gradientCall = null;
  }

  private StepPlan bind(RecurrenceCall next) {
    StepPlan found = plan((StepShape) next.shape(), next.batch());
    plan = found;
    call = next;
    shared = fill(found.step, shared, next, found);
    return found;
  }

  private StepPlan plan(StepShape shape, int batch) {
    for (StepPlan known : plans) {
      if (known.isFor(shape, batch)) {
        return known;
      }
    }
    plans.add(new StepPlan(shape, batch));
    return plans.getLast();
  }

  /** The constants and parameters of a tape, once a call. */
  private float[] fill(StepTape tape, float[] known, RecurrenceCall call, StepPlan plan) {
    float[] values = known.length < tape.sharedLength() ? new float[tape.sharedLength()] : known;
    tape.constants(values);
    for (int i = 0; i < plan.parameters.size(); i++) {
      String name = plan.parameters.get(i);
      StepSlice slice = plan.parameterSlices.get(i);
      for (int block = 0; block < (slice.isWhole() ? 1 : plan.blocks); block++) {
        int place = tape.place(name) + block * slice.length();
        slice.read(call.operand(name), 0, block, values, place);
      }
    }
    tape.prepare(values, sides);
    return values;
  }

  private void requireParts(int count) {
    while (parts.size() < count) {
      parts.add(new StepPart());
    }
  }

  private void addParameter(StepPlan plan, int index, Tensor gradient, int batch) {
    int place = plan.gradient.place("d:" + plan.parameters.get(index));
    StepSlice slice = plan.parameterSlices.get(index);
    for (int sequence = 0; sequence < batch; sequence++) {
      int at = place + sequence % plan.group * slice.length();
      for (int block = 0; block < plan.blocks; block++) {
        int part = sequence / plan.group * plan.blocks + block;
        slice.add(parts.get(part).gradients(), at, gradient, part);
      }
    }
  }

  /** The gradients of operands of which each part has a partial sum, a sequence at a time. */
  private void addPartials(int sequence) {
    RecurrenceGradientCall read = Objects.requireNonNull(gradientCall);
    StepPlan found = Objects.requireNonNull(plan);
    int time = read.forward().time();
    float[] sum = parts.get(sequence * found.blocks).partials();
    for (int block = 1; block < found.blocks; block++) {
      float[] partials = parts.get(sequence * found.blocks + block).partials();
      for (int i = 0; i < time * found.partialLength; i++) {
        sum[i] += partials[i];
      }
    }
    for (int t = 0; t < time; t++) {
      int at = t * found.partialLength;
      for (int i = 0; i < found.partial.length; i++) {
        if (found.partial[i]) {
          StepSlice slice = found.operandSlices.get(i);
          slice.write(sum, at, read.gradients().get(i), (long) sequence * time + t, 0);
          at += slice.length();
        }
      }
    }
  }

  private void forward(int part) {
    RecurrenceCall read = Objects.requireNonNull(call);
    parts.get(part).forward(Objects.requireNonNull(plan), read, shared, part);
  }

  private void backward(int part) {
    RecurrenceGradientCall read = Objects.requireNonNull(gradientCall);
    StepPlan found = Objects.requireNonNull(plan);
    parts.get(part).gradient(found, read, shared, sharedOfGradient, part);
  }

  @Override
  public long workspaceBytes() {
    long floats = (long) shared.length + sharedOfGradient.length;
    for (StepPart part : parts) {
      floats += part.floats();
    }
    return floats * Float.BYTES;
  }

  /** Floats of all parts of a pass and back. */
  static long workspace(StepShape shape, int batch, int time) {
    var plan = new StepPlan(shape, batch);
    return plan.step.sharedLength()
        + plan.gradient.sharedLength()
        + (long) plan.count(batch) * plan.blocks * StepPart.floats(plan, time);
  }
}
