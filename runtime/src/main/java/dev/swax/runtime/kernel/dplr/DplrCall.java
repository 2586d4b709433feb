package dev.swax.runtime.kernel.dplr;

import dev.swax.runtime.kernel.matrix.MatrixCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceCall;
import dev.swax.runtime.kernel.recurrence.RecurrenceGradientCall;
import dev.swax.runtime.tensor.Tensor;

/** The arguments of the memory of a diagonal plus rank one that is running. */
final class DplrCall extends MatrixCall {
  Tensor u = NOTHING;
  Tensor w = NOTHING;
  Tensor logDecay = NOTHING;
  Tensor du = NOTHING;
  Tensor dw = NOTHING;
  Tensor dLogDecay = NOTHING;

  DplrCall() {
    super(new DplrShape(1, 1, 1, 1f));
  }

  @Override
  protected void bindGates(RecurrenceCall of) {
    u = of.operand("u");
    w = of.operand("w");
    logDecay = of.operand("log_decay");
  }

  @Override
  protected void bindGates(RecurrenceGradientCall of) {
    du = of.gradient("u");
    dw = of.gradient("w");
    dLogDecay = of.gradient("log_decay");
  }
}
