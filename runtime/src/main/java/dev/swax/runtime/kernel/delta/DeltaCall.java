package dev.swax.runtime.kernel.delta;

import dev.swax.runtime.kernel.matrix.MatrixCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The arguments of the delta rule that is running. */
final class DeltaCall extends MatrixCall {
  /** A logarithm below this forgets everything; differences of sums stay finite. */
  static final double SMALLEST_LOG_DECAY = -1e4;

  Tensor erase = NOTHING;
  Tensor write = NOTHING;
  @Nullable Tensor logDecay;
  Tensor dErase = NOTHING;
  Tensor dWrite = NOTHING;
  @Nullable Tensor dLogDecay;

  DeltaCall() {
    super(new DeltaShape(1, 1, 1, 1f, false));
  }

  @Override
  protected void bindGates(RecurrenceCall of) {
    erase = of.operand("erase");
    write = of.operand("write");
    logDecay = of.operandOrNull("log_decay");
  }

  @Override
  protected void bindGates(RecurrenceGradientCall of) {
    dErase = of.gradient("erase");
    dWrite = of.gradient("write");
    dLogDecay = of.gradientOrNull("log_decay");
  }

  /** The logarithm of the decay of a token, 0 without one. */
  double logDecay(long at) {
    return logDecay == null ? 0 : Math.max(logDecay.get(at), SMALLEST_LOG_DECAY);
  }
}
