package dev.swax.runtime.kernel.conv;

import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceKernel;
import dev.swax.runtime.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of a {@link ConvShape}, one element after the other, summed in double:
 *
 * <pre>
 * y_t = sum over j of weight[j] input_{t-j}             j as far as the token sees
 * dinput_t = sum over j of weight[j] dy_{t+j};   dweight[j] += sum over t of dy_t input_{t-j}
 * </pre>
 */
final class ScalarConv implements RecurrenceKernel {
  private final ConvCall call = new ConvCall();

  @Override
  public void forward(RecurrenceCall of) {
    call.bind(of);
    for (int row = 0; row < call.rows(); row++) {
      for (int c = 0; c < call.channels; c++) {
        double sum = 0;
        for (int j = 0; j <= call.reach(row); j++) {
          sum += (double) weight(j, c) * input(row, j, c);
        }
        call.y.set(call.at(row) + c, (float) sum);
      }
    }
    call.keepLast();
  }

  @Override
  public void byToken(RecurrenceCall of) {
    forward(of);
  }

  @Override
  public void gradient(RecurrenceGradientCall of) {
    call.bind(of);
    for (int c = 0; c < call.channels; c++) {
      for (int row = 0; row < call.rows(); row++) {
        call.dInput.set(call.at(row) + c, (float) inputGradient(row, c));
      }
      for (int j = 0; j < call.width; j++) {
        long at = (long) j * call.channels + c;
        call.dWeight.set(at, (float) (call.dWeight.get(at) + weightGradient(j, c)));
      }
      firstStates(call.dState, c);
    }
  }

  private double inputGradient(int row, int c) {
    double sum = 0;
    for (int j = 0; j <= call.seenBy(row); j++) {
      sum += (double) weight(j, c) * call.dy.get(call.at(row + j) + c);
    }
    return sum + lastState(row / call.time, row % call.time, c);
  }

  /** The gradient of a token as one of the state after the call. */
  private double lastState(int sequence, int t, int c) {
    long at = call.inNextState(sequence, t);
    return call.dState == null || at < 0 ? 0 : call.dState.get(at + c);
  }

  private double weightGradient(int j, int c) {
    double sum = 0;
    for (int row = 0; row < call.rows(); row++) {
      if (j <= call.reach(row)) {
        sum += (double) call.dy.get(call.at(row) + c) * input(row, j, c);
      }
    }
    return sum;
  }

  /** Gradients of the tokens of the first states, the newest first: the last states are read. */
  private void firstStates(@Nullable Tensor dState, int c) {
    for (int sequence = 0; dState != null && sequence < call.batch; sequence++) {
      for (int t = -1; t > -call.width; t--) {
        double sum = lastState(sequence, t, c);
        for (int later = 0; later < Math.min(call.time, call.width + t); later++) {
          int row = sequence * call.time + later;
          if (later - t <= call.reach(row)) {
            sum += (double) weight(later - t, c) * call.dy.get(call.at(row) + c);
          }
        }
        dState.set(call.inState(sequence * call.time, -t) + c, (float) sum);
      }
    }
  }

  private float weight(int j, int c) {
    return call.weight.get((long) j * call.channels + c);
  }

  /** A channel of the token {@code j} before that of a row, which it sees. */
  private float input(int row, int j, int c) {
    if (j <= call.seen(row)) {
      return call.input.get(call.at(row - j) + c);
    }
    return call.state == null ? 0 : call.state.get(call.inState(row, j) + c);
  }

  @Override
  public long workspaceBytes() {
    return call.bytes();
  }
}
