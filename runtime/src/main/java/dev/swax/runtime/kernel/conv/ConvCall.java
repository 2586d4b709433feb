package dev.swax.runtime.kernel.conv;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The call at hand, and which tokens its tokens see. Positions are in numbers, not in bytes. */
final class ConvCall {
  private static final Tensor NOTHING = Tensor.allocate(Arena.global(), 0);

  int channels;
  int width;
  int batch;
  int time;
  Tensor input = NOTHING;
  Tensor weight = NOTHING;
  Tensor y = NOTHING;
  Tensor dy = NOTHING;
  Tensor dInput = NOTHING;
  Tensor dWeight = NOTHING;
  @Nullable Tensor state;
  @Nullable Tensor dState;

  /** For each row, how many tokens before its own it sees. */
  private int[] reach = {};

  void bind(RecurrenceCall call) {
    bind(call, call.stateOrNull("last") != null);
  }

  void bind(RecurrenceGradientCall call) {
    dy = call.dy();
    dInput = call.gradient("input");
    dWeight = call.gradient("weight");
    dState = call.dStateOrNull("last");
    bind(call.forward(), dState != null || call.forward().stateOrNull("last") != null);
  }

  private void bind(RecurrenceCall call, boolean carried) {
    var shape = (ConvShape) call.shape();
    channels = shape.channels();
    width = shape.width();
    batch = call.batch();
    time = call.time();
    input = call.operand("input");
    weight = call.operand("weight");
    y = call.result("y");
    state = call.stateOrNull("last");
    bindReach(call.resets(), carried ? width - 1 : 0);
  }

  private void bindReach(boolean @Nullable [] resets, int first) {
    if (reach.length < rows()) {
      reach = new int[rows()];
    }
    for (int row = 0; row < rows(); row++) {
      int far = row % time == 0 ? first : Math.min(reach[row - 1] + 1, width - 1);
      reach[row] = resets != null && resets[row] ? 0 : far;
    }
  }

  int rows() {
    return batch * time;
  }

  /** How many tokens before its own a row sees, of this call. */
  int seen(int row) {
    return Math.min(reach[row], row % time);
  }

  /** The same, of this call and of the state. */
  int reach(int row) {
    return reach[row];
  }

  /** How many tokens after its own see a row, of this call. */
  int seenBy(int row) {
    int most = Math.min(width - 1, time - 1 - row % time);
    int j = 0;
    while (j < most && reach[row + j + 1] > j) {
      j++;
    }
    return j;
  }

  /** Where a row begins. */
  long at(int row) {
    return (long) row * channels;
  }

  /** Where the token begins in a state that is {@code j} before that of a row. */
  long inState(int row, int j) {
    return inState(row / time, row % time - j + width - 1, 0);
  }

  private long inState(int sequence, int token, int channel) {
    return ((long) sequence * (width - 1) + token) * channels + channel;
  }

  /** Where token {@code t} of a sequence begins in the state after it, or -1 if that has it not. */
  long inNextState(int sequence, int t) {
    int back = time - 1 - t;
    boolean kept = back < width - 1 && back <= reach[(sequence + 1) * time - 1];
    return kept ? inState(sequence, width - 2 - back, 0) : -1;
  }

  /** Puts the last tokens of each sequence into its state. */
  void keepLast() {
    Tensor last = state;
    if (last == null) {
      return;
    }
    for (int sequence = 0; sequence < batch; sequence++) {
      for (int i = 0; i < width - 1; i++) {
        int t = time - (width - 1) + i;
        keep(last, inState(sequence, i, 0), inNextState(sequence, t) >= 0, sequence, t);
      }
    }
  }

  private void keep(Tensor last, long to, boolean kept, int sequence, int t) {
    if (!kept) {
      for (int c = 0; c < channels; c++) {
        last.set(to + c, 0);
      }
      return;
    }
    MemorySegment from = t >= 0 ? input.segment() : last.segment();
    long at = t >= 0 ? at(sequence * time + t) : inState(sequence, t + width - 1, 0);
    MemorySegment.copy(from, 4 * at, last.segment(), 4 * to, 4L * channels);
  }

  /** Bytes held between calls. */
  long bytes() {
    return (long) Integer.BYTES * reach.length;
  }
}
