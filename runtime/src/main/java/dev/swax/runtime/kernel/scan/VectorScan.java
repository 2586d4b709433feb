package dev.swax.runtime.kernel.scan;

import static dev.swax.runtime.kernel.tile.VectorMath.ORDER;
import static dev.swax.runtime.kernel.tile.VectorMath.SPECIES;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.kernel.team.Task;
import dev.swax.runtime.kernel.team.Team;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.jspecify.annotations.Nullable;

/**
 * Scans over time with a vector of channels in a register; a part is one such vector of one
 * sequence. Same meaning as {@link ScalarScan}, in fp32 with fused products.
 */
final class VectorScan implements RecurrenceKernel {
  private static final int LANES = SPECIES.length();
  private static final MemorySegment NOTHING = MemorySegment.NULL;

  private final Team team;
  private final Task forward = this::forward;
  private final Task backward = this::backward;

  private int columns;
  private int time;
  private int strips;
  private boolean @Nullable [] resets;
  private MemorySegment decay = NOTHING;
  private MemorySegment input = NOTHING;
  private MemorySegment result = NOTHING;
  private @Nullable MemorySegment state;
  private MemorySegment dy = NOTHING;
  private MemorySegment dDecay = NOTHING;
  private MemorySegment dInput = NOTHING;
  private @Nullable MemorySegment dState;

  VectorScan(Team team) {
    this.team = team;
  }

  @Override
  public void forward(RecurrenceCall call) {
    bind(call);
    team.run(forward, call.batch() * strips);
  }

  @Override
  public void byToken(RecurrenceCall call) {
    forward(call);
  }

  @Override
  public void gradient(RecurrenceGradientCall call) {
    bind(call.forward());
    dy = call.dy().segment();
    dDecay = call.gradient("decay").segment();
    dInput = call.gradient("input").segment();
    dState = segment(call.dStateOrNull("state"));
    team.run(backward, call.forward().batch() * strips);
  }

  private void bind(RecurrenceCall call) {
    columns = ((ScanShape) call.shape()).columns();
    time = call.time();
    strips = (columns + LANES - 1) / LANES;
    resets = call.resets();
    decay = call.operand("decay").segment();
    input = call.operand("input").segment();
    result = call.result("h").segment();
    state = segment(call.stateOrNull("state"));
  }

  private static @Nullable MemorySegment segment(@Nullable Tensor tensor) {
    return tensor == null ? null : tensor.segment();
  }

  private void forward(int part) {
    int sequence = part / strips;
    int column = part % strips * LANES;
    VectorMask<Float> here = SPECIES.indexInRange(column, columns);
    FloatVector h = carried(state, sequence, column, here);
    for (int t = 0; t < time; t++) {
      int row = sequence * time + t;
      long at = at(row, column);
      FloatVector in = load(input, at, here);
      h = isReset(row) ? in : load(decay, at, here).fma(h, in);
      h.intoMemorySegment(result, at, ORDER, here);
    }
    if (state != null) {
      h.intoMemorySegment(state, at(sequence, column), ORDER, here);
    }
  }

  private void backward(int part) {
    int sequence = part / strips;
    int column = part % strips * LANES;
    VectorMask<Float> here = SPECIES.indexInRange(column, columns);
    FloatVector later = carried(dState, sequence, column, here);
    for (int t = time - 1; t >= 0; t--) {
      int row = sequence * time + t;
      long at = at(row, column);
      FloatVector g = load(dy, at, here).add(later);
      g.intoMemorySegment(dInput, at, ORDER, here);
      if (isReset(row)) {
        later = FloatVector.zero(SPECIES);
        later.intoMemorySegment(dDecay, at, ORDER, here);
      } else {
        FloatVector before =
            t > 0
                ? load(result, at(row - 1, column), here)
                : carried(state, sequence, column, here);
        g.mul(before).intoMemorySegment(dDecay, at, ORDER, here);
        later = load(decay, at, here).mul(g);
      }
    }
    if (dState != null) {
      later.intoMemorySegment(dState, at(sequence, column), ORDER, here);
    }
  }

  private FloatVector carried(
      @Nullable MemorySegment from, int sequence, int column, VectorMask<Float> here) {
    return from == null ? FloatVector.zero(SPECIES) : load(from, at(sequence, column), here);
  }

  private static FloatVector load(MemorySegment from, long at, VectorMask<Float> here) {
    return FloatVector.fromMemorySegment(SPECIES, from, at, ORDER, here);
  }

  private long at(int row, int column) {
    return 4L * ((long) row * columns + column);
  }

  private boolean isReset(int row) {
    return resets != null && resets[row];
  }

  @Override
  public long workspaceBytes() {
    return 0;
  }
}
