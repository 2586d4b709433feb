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
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/**
 * Scans over time with a vector of channels in a register; a part is one such vector of one
 * sequence. Same meaning as {@link ScalarScan}, in fp32 with fused products.
 */
final class VectorScan implements RecurrenceKernel {
  private static final int LANES = SPECIES.length();
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
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
    if (column + LANES <= columns) {
      vectorForward(sequence, column);
    }
    for (int c = column; c < columns && column + LANES > columns; c++) {
      columnForward(sequence, c);
    }
  }

  private void backward(int part) {
    int sequence = part / strips;
    int column = part % strips * LANES;
    if (column + LANES <= columns) {
      vectorBackward(sequence, column);
    }
    for (int c = column; c < columns && column + LANES > columns; c++) {
      columnBackward(sequence, c);
    }
  }

  private void vectorForward(int sequence, int column) {
    FloatVector h = FloatVector.zero(SPECIES);
    if (state != null) {
      h = load(state, at(sequence, column));
    }
    for (int t = 0; t < time; t++) {
      int row = sequence * time + t;
      long at = at(row, column);
      FloatVector in = load(input, at);
      h = isReset(row) ? in : load(decay, at).fma(h, in);
      h.intoMemorySegment(result, at, ORDER);
    }
    if (state != null) {
      h.intoMemorySegment(state, at(sequence, column), ORDER);
    }
  }

  private void vectorBackward(int sequence, int column) {
    FloatVector later = FloatVector.zero(SPECIES);
    if (dState != null) {
      later = load(dState, at(sequence, column));
    }
    for (int t = time - 1; t > 0; t--) {
      int row = sequence * time + t;
      long at = at(row, column);
      FloatVector g = load(dy, at).add(later);
      g.intoMemorySegment(dInput, at, ORDER);
      FloatVector ofDecay = FloatVector.zero(SPECIES);
      later = ofDecay;
      if (!isReset(row)) {
        ofDecay = g.mul(load(result, at(row - 1, column)));
        later = load(decay, at).mul(g);
      }
      ofDecay.intoMemorySegment(dDecay, at, ORDER);
    }
    later.intoMemorySegment(dInput, at(sequence * time, column), ORDER);
    for (int c = column; c < column + LANES; c++) {
      firstBackward(sequence, c);
    }
  }

  /** A column that fills no vector. */
  private void columnForward(int sequence, int column) {
    float h = state == null ? 0 : state.get(FLOAT, at(sequence, column));
    for (int t = 0; t < time; t++) {
      int row = sequence * time + t;
      long at = at(row, column);
      float in = input.get(FLOAT, at);
      h = isReset(row) ? in : Math.fma(decay.get(FLOAT, at), h, in);
      result.set(FLOAT, at, h);
    }
    if (state != null) {
      state.set(FLOAT, at(sequence, column), h);
    }
  }

  private void columnBackward(int sequence, int column) {
    float later = dState == null ? 0 : dState.get(FLOAT, at(sequence, column));
    for (int t = time - 1; t > 0; t--) {
      int row = sequence * time + t;
      long at = at(row, column);
      float g = dy.get(FLOAT, at) + later;
      boolean reset = isReset(row);
      dInput.set(FLOAT, at, g);
      dDecay.set(FLOAT, at, reset ? 0 : g * result.get(FLOAT, at(row - 1, column)));
      later = reset ? 0 : decay.get(FLOAT, at) * g;
    }
    dInput.set(FLOAT, at(sequence * time, column), later);
    firstBackward(sequence, column);
  }

  /** The first token, whose dInput is what later ones gave. */
  private void firstBackward(int sequence, int column) {
    int row = sequence * time;
    long at = at(row, column);
    float g = dy.get(FLOAT, at) + dInput.get(FLOAT, at);
    boolean reset = isReset(row);
    float before = reset || state == null ? 0 : state.get(FLOAT, at(sequence, column));
    dInput.set(FLOAT, at, g);
    dDecay.set(FLOAT, at, reset ? 0 : g * before);
    if (dState != null) {
      dState.set(FLOAT, at(sequence, column), reset ? 0 : decay.get(FLOAT, at) * g);
    }
  }

  private static FloatVector load(MemorySegment from, long at) {
    return FloatVector.fromMemorySegment(SPECIES, from, at, ORDER);
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
