package dev.swax.runtime.kernel.step;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A step of any form along sequences, token by token, in vectors; a part is a block of heads of one
 * sequence. Same meaning as {@link ScalarStep}, in fp32.
 *
 * <p>The gradient holds the states at the borders of segments of about the square root of the
 * length. It takes the segments from the last to the first, walks each again and holds the states
 * inside of it, then goes back token by token. What parameters get is summed up in each part, then
 * over the sequences in their order.
 */
final class VectorStep implements RecurrenceKernel {
  private final Team team;
  private final Task forward = this::forward;
  private final Task backward = this::backward;
  private final Map<StepShape, StepPlan> plans = new LinkedHashMap<>();
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
    requireParts(next.batch() * found.blocks);
    team.run(forward, next.batch() * found.blocks);
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
    int count = read.batch() * found.blocks;
    requireParts(count);
    team.run(backward, count);
    for (int i = 0; i < found.parameters.size(); i++) {
      addParameter(found, i, next.gradient(found.parameters.get(i)), count);
    }
    call = null;
    gradientCall = null;
  }

  private StepPlan bind(RecurrenceCall next) {
    StepShape shape = (StepShape) next.shape();
    StepPlan found = plans.get(shape);
    if (found == null) {
      found = new StepPlan(shape);
      plans.put(shape, found);
    }
    plan = found;
    call = next;
    shared = fill(found.step, shared, next, found);
    return found;
  }

  /** The constants and parameters of a tape, once a call. */
  private float[] fill(StepTape tape, float[] known, RecurrenceCall call, StepPlan plan) {
    float[] values = known.length < tape.sharedLength() ? new float[tape.sharedLength()] : known;
    tape.constants(values);
    for (int i = 0; i < plan.parameters.size(); i++) {
      String name = plan.parameters.get(i);
      int numbers = plan.shape.rows(name) * plan.shape.columns(name);
      StepPart.read(call.operand(name), 0, values, tape.place(name), numbers);
    }
    tape.prepare(values, sides);
    return values;
  }

  private void requireParts(int count) {
    while (parts.size() < count) {
      parts.add(new StepPart());
    }
  }

  private void addParameter(StepPlan plan, int index, Tensor gradient, int count) {
    String name = plan.parameters.get(index);
    int place = plan.gradient.place("d:" + name);
    int size = plan.parameterSizes[index];
    for (int part = 0; part < count; part++) {
      long first = (long) part % plan.blocks * size;
      float[] sums = parts.get(part).gradients();
      for (int i = 0; i < size; i++) {
        gradient.set(first + i, gradient.get(first + i) + sums[place + i]);
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
    var plan = new StepPlan(shape);
    return plan.step.sharedLength()
        + plan.gradient.sharedLength()
        + (long) batch * plan.blocks * StepPart.floats(plan, time);
  }
}
