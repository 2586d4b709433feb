package dev.swax.runtime.kernel.shift;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ShiftShape}: copies of whole tokens. With b the first token of a document or a call:
 *
 * <pre>
 * y_t = input_{t-1}, y_b = 0 or the state;          state' = the last token
 * dinput_t = dy_{t+1} or 0, of the last token dstate';   dstate = dy of the first token or 0
 * </pre>
 */
final class ShiftKernel implements RecurrenceKernel {

  @Override
  public void forward(RecurrenceCall call) {
    Tensor input = call.operand("input");
    Tensor y = call.result("y");
    Tensor last = call.stateOrNull("last");
    int channels = channels(call);
    for (int row = 0; row < call.batch() * call.time(); row++) {
      int sequence = row / call.time();
      boolean first = row % call.time() == 0;
      copy(first ? last : input, first ? sequence : row - 1, y, row, channels, begins(call, row));
    }
    for (int sequence = 0; last != null && sequence < call.batch(); sequence++) {
      copy(input, (sequence + 1) * call.time() - 1, last, sequence, channels, false);
    }
  }

  @Override
  public void byToken(RecurrenceCall call) {
    forward(call);
  }

  @Override
  public void gradient(RecurrenceGradientCall of) {
    RecurrenceCall call = of.forward();
    Tensor dy = of.dy();
    Tensor dInput = of.gradient("input");
    Tensor dLast = of.dStateOrNull("last");
    int channels = channels(call);
    for (int row = 0; row < call.batch() * call.time(); row++) {
      int sequence = row / call.time();
      boolean end = row % call.time() == call.time() - 1;
      boolean unread = !end && begins(call, row + 1);
      copy(end ? dLast : dy, end ? sequence : row + 1, dInput, row, channels, unread);
    }
    for (int sequence = 0; dLast != null && sequence < call.batch(); sequence++) {
      int row = sequence * call.time();
      copy(dy, row, dLast, sequence, channels, begins(call, row));
    }
  }

  private static int channels(RecurrenceCall call) {
    return ((ShiftShape) call.shape()).channels();
  }

  private static boolean begins(RecurrenceCall call, int row) {
    return call.resets() != null && call.resets()[row];
  }

  /** A token to another place; zeros where there is none. */
  private static void copy(
      @Nullable Tensor from, int row, Tensor to, int toRow, int channels, boolean empty) {
    if (from == null || empty) {
      to.segment().asSlice(4L * toRow * channels, 4L * channels).fill((byte) 0);
      return;
    }
    MemorySegment.copy(
        from.segment(), 4L * row * channels, to.segment(), 4L * toRow * channels, 4L * channels);
  }

  @Override
  public long workspaceBytes() {
    return 0;
  }
}
