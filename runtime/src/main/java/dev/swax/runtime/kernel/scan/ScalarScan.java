package dev.swax.runtime.kernel.scan;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of a {@link ScanShape}, one element after the other, in double. Going back, with g
 * the gradient of the whole loss with respect to h:
 *
 * <pre>
 * h_t = decay_t h_{t-1} + input_t                      h_{t-1} = 0 where a reset lies between
 * g_t = dy_t + decay_{t+1} g_{t+1};   dinput_t = g_t;   ddecay_t = g_t h_{t-1}
 * </pre>
 */
final class ScalarScan implements RecurrenceKernel {

  @Override
  public void forward(RecurrenceCall call) {
    int columns = ((ScanShape) call.shape()).columns();
    Tensor decay = call.operand("decay");
    Tensor input = call.operand("input");
    Tensor result = call.result("h");
    Tensor state = call.stateOrNull("state");
    for (int sequence = 0; sequence < call.batch(); sequence++) {
      for (int column = 0; column < columns; column++) {
        long carried = (long) sequence * columns + column;
        double h = state == null ? 0 : state.get(carried);
        for (int t = 0; t < call.time(); t++) {
          int row = sequence * call.time() + t;
          long at = (long) row * columns + column;
          h = (isReset(call, row) ? 0 : decay.get(at) * h) + input.get(at);
          result.set(at, (float) h);
        }
        if (state != null) {
          state.set(carried, (float) h);
        }
      }
    }
  }

  @Override
  public void byToken(RecurrenceCall call) {
    forward(call);
  }

  @Override
  public void gradient(RecurrenceGradientCall call) {
    RecurrenceCall forward = call.forward();
    int columns = ((ScanShape) forward.shape()).columns();
    Tensor decay = forward.operand("decay");
    Tensor result = forward.result("h");
    @Nullable Tensor first = forward.stateOrNull("state");
    Tensor dDecay = call.gradient("decay");
    Tensor dInput = call.gradient("input");
    @Nullable Tensor dState = call.dStateOrNull("state");
    for (int sequence = 0; sequence < forward.batch(); sequence++) {
      for (int column = 0; column < columns; column++) {
        long carried = (long) sequence * columns + column;
        double later = dState == null ? 0 : dState.get(carried);
        for (int t = forward.time() - 1; t >= 0; t--) {
          int row = sequence * forward.time() + t;
          long at = (long) row * columns + column;
          double g = call.dy().get(at) + later;
          double before = first == null ? 0 : first.get(carried);
          before = t > 0 ? result.get(at - columns) : before;
          boolean reset = isReset(forward, row);
          dInput.set(at, (float) g);
          dDecay.set(at, reset ? 0 : (float) (g * before));
          later = reset ? 0 : decay.get(at) * g;
        }
        if (dState != null) {
          dState.set(carried, (float) later);
        }
      }
    }
  }

  private static boolean isReset(RecurrenceCall call, int row) {
    boolean @Nullable [] resets = call.resets();
    return resets != null && resets[row];
  }

  @Override
  public long workspaceBytes() {
    return 0;
  }
}
